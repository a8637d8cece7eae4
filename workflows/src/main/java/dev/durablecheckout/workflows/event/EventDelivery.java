package dev.durablecheckout.workflows.event;

import dev.durablecheckout.workflows.temporal.ActivityPolicies;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Functions;
import java.time.Duration;

/** Delivers an event until the order system acknowledges it, however long that takes. */
public final class EventDelivery {
  private static final Duration FIRST_PATIENCE = Duration.ofHours(1);
  private static final Duration LATER_PATIENCE = Duration.ofDays(1);

  private EventDelivery() {}

  /**
   * Returns once the event is acknowledged.
   *
   * @param onTrouble called when an hour, and then each further day, has passed without an
   *     acknowledgement
   */
  public static void untilAcknowledged(OrderEvent event, Functions.Proc1<String> onTrouble) {
    Duration patience = FIRST_PATIENCE;
    while (true) {
      try {
        ActivityPolicies.events(patience, "deliver " + event.eventId()).deliver(event);
        return;
      } catch (ActivityFailure e) {
        onTrouble.apply(event.eventId() + " is not acknowledged by the order system");
        patience = LATER_PATIENCE;
      }
    }
  }
}
