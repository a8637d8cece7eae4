package dev.durablecheckout.workflows.event;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Delivery to the order system. */
@ActivityInterface
public interface EventActivities {
  /**
   * Posts the event, signed by Standard Webhooks, and marks it delivered when the order system
   * answers 2xx; anything else is retried as {@code EVENT_NOT_ACKNOWLEDGED}. At least once: the
   * receiver drops repeats by the event's id.
   */
  @ActivityMethod
  void deliver(OrderEvent event);
}
