package dev.durablecheckout.sandbox.gateway;

/** A channel's definite no: nothing has changed. */
public abstract class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  protected RefusedException(String message) {
    super(message);
  }
}
