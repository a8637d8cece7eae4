package dev.durablecheckout.activities.event;

import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.activities.json.BookJson;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.event.EventType;
import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The outbox: events are written in the transaction of what they tell, and keep one id for ever.
 */
public final class EventDao {
  private static final String INSERT =
      """
      insert into events (event_id, merchant, type, checkout_id, service_order_id, withdrawal_no, body, created_at)
      values (:id, :merchant, :type, :checkout, :serviceOrder, :withdrawal, :body, :at) on conflict (event_id) do nothing
      """;
  private static final String FIND = "select * from events where event_id = :id";

  private static final String UNDELIVERED_OF_SERVICE_ORDER =
      """
      select * from events where service_order_id = :id and delivered_at is null order by created_at, event_id
      """;

  private static final String UNDELIVERED_OF_WITHDRAWAL =
      """
      select * from events where withdrawal_no = :id and delivered_at is null order by created_at, event_id
      """;

  private EventDao() {}

  /** Writes the event and returns it; its body is fixed from here on. */
  public static OrderEvent add(
      Handle handle,
      EventType type,
      String key,
      CheckoutId checkout,
      Instant at,
      Map<String, ?> data) {
    OrderEvent event =
        new OrderEvent(id(type, key), type, checkout.merchant(), checkout, body(type, at, data));
    insert(handle, event, null, null, at);
    return event;
  }

  /** Writes an event of a service order; it has at most one of each type. */
  public static void add(
      Handle handle, EventType type, ServiceOrderId order, Instant at, Map<String, ?> data) {
    OrderEvent event =
        new OrderEvent(id(type, order.value()), type, order.merchant(), null, body(type, at, data));
    insert(handle, event, order, null, at);
  }

  /** Writes an event of a withdrawal; it has at most one of each type. */
  public static void add(
      Handle handle,
      EventType type,
      MerchantId merchant,
      WithdrawalNo no,
      Instant at,
      Map<String, ?> data) {
    OrderEvent event =
        new OrderEvent(id(type, no.value()), type, merchant, null, body(type, at, data));
    insert(handle, event, null, no, at);
  }

  private static String body(EventType type, Instant at, Map<String, ?> data) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", wireName(type));
    body.put("timestamp", at.toString());
    body.put("data", data);
    return BookJson.write(body);
  }

  private static void insert(
      Handle handle,
      OrderEvent event,
      @Nullable ServiceOrderId order,
      @Nullable WithdrawalNo withdrawal,
      Instant at) {
    CheckoutId checkout = event.checkoutId();
    handle
        .createUpdate(INSERT)
        .bind("id", event.eventId())
        .bind("merchant", event.merchant().value())
        .bind("type", event.type().name())
        .bind("checkout", checkout == null ? null : checkout.value())
        .bind("serviceOrder", order == null ? null : order.value())
        .bind("withdrawal", withdrawal == null ? null : withdrawal.value())
        .bind("body", event.body())
        .bind("at", at)
        .execute();
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

  /** The events of a service order that are still to be delivered, oldest first. */
  public static List<OrderEvent> undelivered(Handle handle, ServiceOrderId order) {
    return handle
        .createQuery(UNDELIVERED_OF_SERVICE_ORDER)
        .bind("id", order.value())
        .map((row, context) -> event(row))
        .list();
  }

  /** The events of a withdrawal that are still to be delivered, oldest first. */
  public static List<OrderEvent> undelivered(Handle handle, WithdrawalNo no) {
    return handle
        .createQuery(UNDELIVERED_OF_WITHDRAWAL)
        .bind("id", no.value())
        .map((row, context) -> event(row))
        .list();
  }

  private static OrderEvent event(ResultSet row) throws SQLException {
    String checkout = row.getString("checkout_id");
    return new OrderEvent(
        row.getString("event_id"),
        Columns.constant(row, "type", EventType.class),
        MerchantId.of(row.getString("merchant")),
        checkout == null ? null : CheckoutId.parse(checkout),
        row.getString("body"));
  }

  private static String id(EventType type, String key) {
    return switch (type) {
      case CHECKOUT_PAID -> "evt_paid_" + key;
      case CHECKOUT_CLOSED -> "evt_closed_" + key;
      case PAYMENT_REFUNDED -> "evt_refunded_" + key;
      case REFUND_FAILED -> "evt_refund_failed_" + key;
      case SERVICE_ORDER_CONFIRMED -> "evt_service_confirmed_" + key;
      case SERVICE_ORDER_SETTLED -> "evt_service_settled_" + key;
      case SERVICE_ORDER_CANCELLED -> "evt_service_cancelled_" + key;
      case SERVICE_ORDER_EXPIRED -> "evt_service_expired_" + key;
      case WITHDRAWAL_SUCCEEDED -> "evt_withdrawal_succeeded_" + key;
      case WITHDRAWAL_FAILED -> "evt_withdrawal_failed_" + key;
      case WITHDRAWAL_RETURNED -> "evt_withdrawal_returned_" + key;
    };
  }

  private static String wireName(EventType type) {
    return switch (type) {
      case CHECKOUT_PAID -> "checkout.paid";
      case CHECKOUT_CLOSED -> "checkout.closed";
      case PAYMENT_REFUNDED -> "payment.refunded";
      case REFUND_FAILED -> "refund.failed";
      case SERVICE_ORDER_CONFIRMED -> "service_order.confirmed";
      case SERVICE_ORDER_SETTLED -> "service_order.settled";
      case SERVICE_ORDER_CANCELLED -> "service_order.cancelled";
      case SERVICE_ORDER_EXPIRED -> "service_order.expired";
      case WITHDRAWAL_SUCCEEDED -> "withdrawal.succeeded";
      case WITHDRAWAL_FAILED -> "withdrawal.failed";
      case WITHDRAWAL_RETURNED -> "withdrawal.returned";
    };
  }
}
