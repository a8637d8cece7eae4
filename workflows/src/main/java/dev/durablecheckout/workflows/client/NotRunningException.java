package dev.durablecheckout.workflows.client;

/**
 * No workflow of this checkout is running: it never was, it has ended, or it is forgotten. The
 * books know which.
 */
public final class NotRunningException extends RuntimeException {
  public NotRunningException(Throwable cause) {
    super(cause);
  }
}
