package dev.durablecheckout.activities.serviceorder;

import dev.durablecheckout.activities.checkout.TimelineDao;
import dev.durablecheckout.activities.event.EventDao;
import dev.durablecheckout.activities.notify.NotifyLogDao;
import dev.durablecheckout.activities.payment.ChannelPostings;
import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.event.EventType;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.serviceorder.ServiceBill;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderBooks;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderProgress;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRecord;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRequest;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderStatus;
import dev.durablecheckout.workflows.temporal.FailureType;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@link ServiceOrderBooks} on PostgreSQL: each method is one transaction. */
public final class ServiceOrderBooksImpl implements ServiceOrderBooks {
  private final Jdbi jdbi;
  private final Clock clock;

  public ServiceOrderBooksImpl(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @Override
  public ServiceOrderRecord open(ServiceOrderRequest request) {
    return jdbi.inTransaction(handle -> open(handle, request));
  }

  private ServiceOrderRecord open(Handle handle, ServiceOrderRequest request) {
    ServiceOrderId id = request.id();
    Instant now = clock.instant();
    if (ServiceOrderDao.insert(handle, request, now)) {
      TimelineDao.add(
          handle,
          id,
          now,
          "OPENED",
          "opened, " + request.riskFund().name() + " " + request.riskFund().amount(),
          Map.of("out_order_no", id.outOrderNo()));
    }
    Optional<ServiceOrderRow> row = ServiceOrderDao.find(handle, id);
    if (row.isEmpty()) {
      throw FailureType.IDEMPOTENCY_KEY_REUSED.verdict(
          "the idempotency key belongs to another order");
    }
    if (!row.get().fingerprint().equals(request.fingerprint())) {
      throw FailureType.MERCHANT_ORDER_NO_REUSED.verdict(
          id.orderNo() + " exists with another request");
    }
    return row.get().order();
  }

  @Override
  public void recordRefused(ServiceOrderId id, Refusal refusal) {
    jdbi.useTransaction(
        handle -> {
          Instant now = clock.instant();
          if (ServiceOrderDao.refuse(handle, id, refusal, now)) {
            TimelineDao.add(
                handle,
                id,
                now,
                "REFUSED",
                "WeChat refused it: " + refusal.message(),
                Map.of("code", refusal.code().name(), "channel_code", refusal.channelCode()));
          }
        });
  }

  @Override
  public void recordBill(ServiceOrderId id, ServiceBill bill, Instant endedAt) {
    jdbi.useTransaction(
        handle -> {
          Instant now = clock.instant();
          if (ServiceOrderDao.bill(handle, id, bill, endedAt, now)) {
            TimelineDao.add(
                handle,
                id,
                now,
                "BILLED",
                bill.total() + " for a service that ended at " + endedAt,
                Map.of("total_fen", bill.total().amountFen()));
          }
        });
  }

  @Override
  public ServiceOrderRecord record(ServiceOrderProgress progress) {
    return jdbi.inTransaction(handle -> record(handle, progress));
  }

  private ServiceOrderRecord record(Handle handle, ServiceOrderProgress progress) {
    ServiceOrderId id = progress.id();
    Instant now = clock.instant();
    ServiceOrderRow before = ServiceOrderDao.lock(handle, id);
    if (progress.notifyLogId() != null) {
      NotifyLogDao.markApplied(handle, progress.notifyLogId(), now);
    }
    if (ServiceOrderDao.move(handle, id, progress.to(), progress.facts(), now)) {
      Money paid = progress.facts().paid();
      if (progress.to() == ServiceOrderStatus.SETTLED && paid != null) {
        ChannelPostings.postServiceOrder(handle, id, paid, now);
      }
      TimelineDao.add(
          handle,
          id,
          now,
          progress.to().name(),
          before.order().status()
              + " -> "
              + progress.to()
              + ", as a "
              + progress.source()
              + " told",
          Map.of("source", progress.source().name()));
      event(progress.to())
          .ifPresent(type -> EventDao.add(handle, type, id, now, eventData(before, progress)));
    }
    return ServiceOrderDao.find(handle, id).orElseThrow().order();
  }

  private static Optional<EventType> event(ServiceOrderStatus status) {
    return switch (status) {
      case CONFIRMED -> Optional.of(EventType.SERVICE_ORDER_CONFIRMED);
      case SETTLED -> Optional.of(EventType.SERVICE_ORDER_SETTLED);
      case CANCELLED -> Optional.of(EventType.SERVICE_ORDER_CANCELLED);
      case EXPIRED -> Optional.of(EventType.SERVICE_ORDER_EXPIRED);
      // The merchant did these, or has had the answer.
      case CREATED, COMPLETED, REFUSED -> Optional.empty();
    };
  }

  private static Map<String, Object> eventData(
      ServiceOrderRow before, ServiceOrderProgress progress) {
    Money paid = progress.facts().paid();
    TradeNo transactionId = progress.facts().transactionId();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("service_order_id", progress.id().value());
    data.put("merchant_order_no", progress.id().orderNo().value());
    data.put("status", progress.to().name().toLowerCase(Locale.ROOT));
    data.put("metadata", before.metadata());
    if (progress.facts().startedAt() != null) {
      data.put("started_at", progress.facts().startedAt().toString());
    }
    if (progress.to() == ServiceOrderStatus.SETTLED) {
      data.put("paid_fen", paid == null ? null : paid.amountFen());
      data.put("transaction_id", transactionId == null ? null : transactionId.value());
    }
    return data;
  }

  @Override
  public void recordAttention(ServiceOrderId id, @Nullable Attention attention, String detail) {
    jdbi.useTransaction(
        handle -> {
          Instant now = clock.instant();
          if (ServiceOrderDao.attention(handle, id, attention, detail, now)) {
            TimelineDao.add(
                handle,
                id,
                now,
                "ATTENTION",
                detail,
                Map.of("attention", attention == null ? "none" : attention.name()));
          }
        });
  }
}
