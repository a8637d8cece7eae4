package dev.durablecheckout.activities.event;

import java.time.Clock;
import org.jdbi.v3.core.Jdbi;

/** What became of deliveries. */
public final class EventLog {
  private static final String DELIVERED =
      """
      with delivered as (
        update events set delivered_at = :at, last_error = null
        where event_id = :id and delivered_at is null returning checkout_id, service_order_id, withdrawal_no, event_id)
      insert into timeline (checkout_id, service_order_id, withdrawal_no, at, kind, detail, data)
      select checkout_id, service_order_id, withdrawal_no, :at, 'EVENT_DELIVERED', 'the order system acknowledged ' || event_id,
        jsonb_build_object('event_id', event_id)
      from delivered
      """;
  private static final String FAILED =
      "update events set last_error = :error where event_id = :id and delivered_at is null";

  private static final String WITHHELD =
      "update events set withheld = true, last_error = :why where event_id = :id and delivered_at is null";

  private final Jdbi jdbi;
  private final Clock clock;

  public EventLog(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** Idempotent: the first time counts. */
  public void markDelivered(String eventId) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(DELIVERED)
                .bind("id", eventId)
                .bind("at", clock.instant())
                .execute());
  }

  /** Keeps the last error, for people. */
  public void markFailed(String eventId, String error) {
    jdbi.useHandle(
        handle -> handle.createUpdate(FAILED).bind("id", eventId).bind("error", error).execute());
  }

  /** Nobody is told of it, now or later: nobody has asked to be. */
  public void withhold(String eventId, String why) {
    jdbi.useHandle(
        handle -> handle.createUpdate(WITHHELD).bind("id", eventId).bind("why", why).execute());
  }
}
