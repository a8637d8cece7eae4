package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.failure.ApplicationFailure;

/** How a command to a checkout is refused, so that its caller learns the type of the failure. */
final class CommandRefused {
  private CommandRefused() {}

  /** What a handler throws: the command was taken, and came to nothing. */
  static ApplicationFailure byHandler(FailureType type, String message) {
    return ApplicationFailure.newNonRetryableFailure(message, type.name());
  }

  /**
   * What a validator throws: the command leaves no trace. The SDK drops the type of an
   * ApplicationFailure that a validator throws itself; as a cause it arrives whole.
   */
  static IllegalStateException byValidator(FailureType type, String message) {
    return new IllegalStateException(message, byHandler(type, message));
  }
}
