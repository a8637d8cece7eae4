package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.event.EventActivities;
import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;

/** An order system that remembers what it was told, and can be away. */
final class FakeOrderSystem implements EventActivities {
  private final List<String> eventIds = new ArrayList<>();
  private boolean down;

  synchronized void down(boolean isDown) {
    down = isDown;
  }

  @Override
  public synchronized void deliver(OrderEvent event) {
    if (down) {
      throw ApplicationFailure.newFailure("503", FailureType.EVENT_NOT_ACKNOWLEDGED.name());
    }
    eventIds.add(event.eventId());
  }

  synchronized List<String> eventIds() {
    return List.copyOf(eventIds);
  }
}
