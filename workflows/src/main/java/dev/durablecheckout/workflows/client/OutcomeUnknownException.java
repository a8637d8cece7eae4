package dev.durablecheckout.workflows.client;

/** No answer in time, or Temporal cannot be reached: the request may or may not have been taken. */
public final class OutcomeUnknownException extends RuntimeException {
  public OutcomeUnknownException(Throwable cause) {
    super(cause);
  }
}
