package dev.durablecheckout.workflows.serviceorder;

import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.event.EventType;
import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Books of one service order, in memory. */
final class FakeServiceOrderBooks implements ServiceOrderBooks {
  private final List<String> attentions = new ArrayList<>();
  private final List<OrderEvent> events = new ArrayList<>();
  private @Nullable ServiceOrderRequest opened;
  private @Nullable ServiceOrderRecord order;

  synchronized ServiceOrderRecord order() {
    return order;
  }

  /** Every reason that was raised. */
  synchronized List<String> attentions() {
    return List.copyOf(attentions);
  }

  @Override
  public synchronized ServiceOrderRecord open(ServiceOrderRequest request) {
    if (opened == null) {
      opened = request;
      order =
          new ServiceOrderRecord(
              request.id(),
              ServiceOrderStatus.CREATED,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              List.of());
    } else if (!opened.fingerprint().equals(request.fingerprint())) {
      throw ApplicationFailure.newNonRetryableFailure(
          "another request", FailureType.MERCHANT_ORDER_NO_REUSED.name());
    }
    return order;
  }

  @Override
  public synchronized void recordRefused(ServiceOrderId id, Refusal refusal) {
    change(ServiceOrderStatus.REFUSED, order.bill(), order.endedAt(), null, refusal);
  }

  @Override
  public synchronized void recordBill(ServiceOrderId id, ServiceBill bill, Instant endedAt) {
    change(order.status(), bill, endedAt, null, null);
  }

  @Override
  public synchronized ServiceOrderRecord record(ServiceOrderProgress progress) {
    if (ServiceOrderStatus.MOVES.allows(order.status(), progress.to())) {
      EventType type =
          switch (progress.to()) {
            case CONFIRMED -> EventType.SERVICE_ORDER_CONFIRMED;
            case SETTLED -> EventType.SERVICE_ORDER_SETTLED;
            case CANCELLED -> EventType.SERVICE_ORDER_CANCELLED;
            case EXPIRED -> EventType.SERVICE_ORDER_EXPIRED;
            default -> null;
          };
      if (type != null) {
        events.add(new OrderEvent("evt_" + type, type, progress.id().merchant(), null, "{}"));
      }
      change(progress.to(), order.bill(), order.endedAt(), progress.facts(), null);
    }
    return order;
  }

  private void change(
      ServiceOrderStatus status,
      @Nullable ServiceBill bill,
      @Nullable Instant endedAt,
      @Nullable ServiceOrderResult facts,
      @Nullable Refusal refusal) {
    order =
        new ServiceOrderRecord(
            order.id(),
            status,
            order.attention(),
            facts == null || facts.startedAt() == null ? order.startedAt() : facts.startedAt(),
            endedAt,
            bill,
            facts == null ? order.transactionId() : facts.transactionId(),
            facts == null ? order.paid() : facts.paid(),
            refusal,
            List.copyOf(events));
  }

  @Override
  public synchronized void recordAttention(
      ServiceOrderId id, @Nullable Attention attention, String detail) {
    if (attention != null) {
      attentions.add(attention.name());
    }
    order =
        new ServiceOrderRecord(
            order.id(),
            order.status(),
            attention,
            order.startedAt(),
            order.endedAt(),
            order.bill(),
            order.transactionId(),
            order.paid(),
            order.refusal(),
            order.undelivered());
  }
}
