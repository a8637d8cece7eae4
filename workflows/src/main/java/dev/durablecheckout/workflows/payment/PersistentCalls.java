package dev.durablecheckout.workflows.payment;

import dev.durablecheckout.workflows.temporal.ActivityPolicies;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * Channel calls that are repeated until the channel has definitely answered, however long that
 * takes.
 */
public final class PersistentCalls {
  private static final Duration PAUSE = Duration.ofMinutes(5);

  private PersistentCalls() {}

  /**
   * Makes one call until it is answered.
   *
   * @param onTrouble called each time that {@link ActivityPolicies#PATIENCE} has passed without a
   *     usable answer
   */
  public static <T> T untilAnswered(
      Channel channel,
      String summary,
      Functions.Func1<ChannelActivities, T> call,
      Functions.Proc1<String> onTrouble) {
    while (true) {
      try {
        return call.apply(ActivityPolicies.channel(channel, ActivityPolicies.PATIENCE, summary));
      } catch (ActivityFailure e) {
        tellAndPause(summary, onTrouble);
      }
    }
  }

  /** What follows each round without an answer. */
  public static void tellAndPause(String summary, Functions.Proc1<String> onTrouble) {
    onTrouble.apply(
        summary
            + " has had no usable answer for "
            + ActivityPolicies.PATIENCE.toMinutes()
            + " minutes");
    Workflow.sleep(PAUSE);
  }
}
