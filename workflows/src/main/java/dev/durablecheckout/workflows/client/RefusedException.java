package dev.durablecheckout.workflows.client;

import dev.durablecheckout.workflows.temporal.FailureType;

/** A workflow said no, for good. */
public final class RefusedException extends RuntimeException {
  private final FailureType type;

  public RefusedException(FailureType type, String message) {
    super(message);
    this.type = type;
  }

  public FailureType type() {
    return type;
  }
}
