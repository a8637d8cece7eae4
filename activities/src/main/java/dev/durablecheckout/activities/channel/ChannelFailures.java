package dev.durablecheckout.activities.channel;

import dev.durablecheckout.activities.channel.health.ChannelBreakers;
import dev.durablecheckout.activities.channel.health.ChannelRestException;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;

/** How activities that call a channel fail, to be tried again. */
final class ChannelFailures {
  private ChannelFailures() {}

  /** Nothing was asked; the next try comes after the rest. */
  static ApplicationFailure resting(ChannelRestException e) {
    return ApplicationFailure.newBuilder()
        .setMessage(e.getMessage())
        .setType(FailureType.CHANNEL_REST.name())
        .setNextRetryDelay(ChannelBreakers.REST.plusSeconds(1))
        .setCategory(ApplicationErrorCategory.BENIGN)
        .build();
  }

  /** Without the cause: a failure is kept in the history, and is read by operators. */
  static ApplicationFailure outcomeUnknown(ChannelOutcomeUnknownException e) {
    return ApplicationFailure.newFailure(
        e.getMessage(), FailureType.CHANNEL_OUTCOME_UNKNOWN.name());
  }

  /** A no that is not believed yet; it is asked again after this time. */
  static ApplicationFailure overtaking(String message, Duration later) {
    return ApplicationFailure.newBuilder()
        .setMessage(message)
        .setType(FailureType.CHANNEL_OUTCOME_UNKNOWN.name())
        .setNextRetryDelay(later)
        .build();
  }

  /** Nothing is wrong: what is waited for has not come about yet. */
  static ApplicationFailure notYet(FailureType type, String message) {
    return ApplicationFailure.newBuilder()
        .setMessage(message)
        .setType(type.name())
        .setCategory(ApplicationErrorCategory.BENIGN)
        .build();
  }

  /** Whether what is waited for cannot have come about: the wait has only just begun. */
  static boolean isFirstTry() {
    return Activity.getExecutionContext().getInfo().getAttempt() == 1;
  }
}
