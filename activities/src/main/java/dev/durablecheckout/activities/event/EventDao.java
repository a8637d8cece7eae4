package dev.durablecheckout.activities.event;

import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.activities.json.BookJson;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.event.EventType;
import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.merchant.MerchantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The outbox: events are written in the transaction of what they tell, and keep one id for ever.
 */
public final class EventDao {
  private static final String INSERT =
      """
      insert into events (event_id, merchant, type, checkout_id, body, created_at)
      values (:id, :merchant, :type, :checkout, :body, :at) on conflict (event_id) do nothing
      """;
  private static final String FIND = "select * from events where event_id = :id";

  private EventDao() {}

  /** Writes the event and returns it; its body is fixed from here on. */
  public static OrderEvent add(
      Handle handle,
      EventType type,
      String key,
      CheckoutId checkout,
      Instant at,
      Map<String, ?> data) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", wireName(type));
    body.put("timestamp", at.toString());
    body.put("data", data);
    OrderEvent event =
        new OrderEvent(id(type, key), type, checkout.merchant(), checkout, BookJson.write(body));
    handle
        .createUpdate(INSERT)
        .bind("id", event.eventId())
        .bind("merchant", event.merchant().value())
        .bind("type", type.name())
        .bind("checkout", checkout.value())
        .bind("body", event.body())
        .bind("at", at)
        .execute();
    return event;
  }

  public static Optional<OrderEvent> find(Handle handle, EventType type, String key) {
    return handle
        .createQuery(FIND)
        .bind("id", id(type, key))
        .map((row, context) -> event(row))
        .findOne();
  }

  /** {@link #find}, unless it was delivered. */
  public static Optional<OrderEvent> findUndelivered(Handle handle, EventType type, String key) {
    return handle
        .createQuery(FIND + " and delivered_at is null")
        .bind("id", id(type, key))
        .map((row, context) -> event(row))
        .findOne();
  }

  private static OrderEvent event(ResultSet row) throws SQLException {
    return new OrderEvent(
        row.getString("event_id"),
        Columns.constant(row, "type", EventType.class),
        MerchantId.of(row.getString("merchant")),
        CheckoutId.parse(row.getString("checkout_id")),
        row.getString("body"));
  }

  private static String id(EventType type, String key) {
    return switch (type) {
      case CHECKOUT_PAID -> "evt_paid_" + key;
      case CHECKOUT_CLOSED -> "evt_closed_" + key;
      case PAYMENT_REFUNDED -> "evt_refunded_" + key;
    };
  }

  private static String wireName(EventType type) {
    return switch (type) {
      case CHECKOUT_PAID -> "checkout.paid";
      case CHECKOUT_CLOSED -> "checkout.closed";
      case PAYMENT_REFUNDED -> "payment.refunded";
    };
  }
}
