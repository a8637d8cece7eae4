package dev.durablecheckout.workflows.command;

import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;

/** How a command is refused, so that its caller learns the type of the failure. */
public final class CommandRefused {
  private CommandRefused() {}

  /** What a handler throws: the command was taken, and came to nothing. */
  public static ApplicationFailure byHandler(FailureType type, String message) {
    return type.verdict(message);
  }

  /**
   * What a validator throws: the command leaves no trace. The SDK drops the type of an
   * ApplicationFailure that a validator throws itself; as a cause it arrives whole.
   */
  public static IllegalStateException byValidator(FailureType type, String message) {
    return new IllegalStateException(message, byHandler(type, message));
  }

  /**
   * The verdict by which the books refuse for good. They retry everything but a verdict; whatever
   * else comes out is a defect, and must not end the workflow: it is thrown again.
   */
  public static ApplicationFailure verdict(ActivityFailure e) {
    if (e.getCause() instanceof ApplicationFailure verdict && verdict.isNonRetryable()) {
      return verdict;
    }
    throw e;
  }

  /** What a handler throws to whoever asks for what the books have refused. */
  public static ApplicationFailure byVerdict(ApplicationFailure verdict) {
    return ApplicationFailure.newNonRetryableFailure(
        verdict.getOriginalMessage(), verdict.getType());
  }
}
