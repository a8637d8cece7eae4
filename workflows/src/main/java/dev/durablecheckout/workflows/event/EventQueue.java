package dev.durablecheckout.workflows.event;

import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Tells the order system one event after the other, so that it hears them in their order. */
public final class EventQueue {
  private final Deque<OrderEvent> toTell = new ArrayDeque<>();
  private final List<String> toldOf = new ArrayList<>();

  /** Each event once, however often the books name it as undelivered. */
  public void add(List<OrderEvent> undelivered) {
    for (OrderEvent event : undelivered) {
      if (!toldOf.contains(event.eventId())) {
        toldOf.add(event.eventId());
        toTell.add(event);
      }
    }
  }

  /** Whether all has been acknowledged. */
  public boolean isEmpty() {
    return toTell.isEmpty();
  }

  /**
   * Tells for ever: for a thread of the workflow's own.
   *
   * @param onTrouble called with why an event is not acknowledged; see {@link EventDelivery}
   * @param onAcknowledged called after each
   */
  public void tell(Functions.Proc1<String> onTrouble, Functions.Proc onAcknowledged) {
    while (true) {
      Workflow.await(() -> !toTell.isEmpty());
      EventDelivery.untilAcknowledged(toTell.element(), onTrouble);
      onAcknowledged.apply();
      toTell.remove();
    }
  }
}
