package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.event.EventType;
import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayOrderClosing;
import dev.durablecheckout.workflows.payment.PayOrderRecord;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.PaymentArrived;
import dev.durablecheckout.workflows.payment.PaymentRecorded;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.Settlement;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundBooks;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundRecorded;
import dev.durablecheckout.workflows.refund.RefundStatus;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The books in memory, by the same rules as the real ones; they can be out of order for a while.
 */
final class FakeBooks implements CheckoutBooks, RefundBooks {
  private final Map<CheckoutId, CheckoutRow> checkouts = new LinkedHashMap<>();
  private final Map<OutTradeNo, PayOrderRecord> payOrders = new LinkedHashMap<>();
  private final Map<OutRefundNo, RefundOrder> refunds = new LinkedHashMap<>();
  private final Map<OutRefundNo, RefundStatus> refundStatus = new LinkedHashMap<>();
  private final Map<OutRefundNo, Instant> refundSlots = new LinkedHashMap<>();
  private final Supplier<Instant> clock;
  private Duration refundSpacing = Duration.ZERO;
  private int failures;
  private @Nullable FailureType refusal;

  FakeBooks(Supplier<Instant> clock) {
    this.clock = clock;
  }

  private record CheckoutRow(
      CheckoutRequest request,
      CheckoutStatus status,
      @Nullable CloseReason reason,
      @Nullable Attention attention,
      @Nullable OrderEvent event) {}

  /** The next calls fail, as when the database is away. */
  synchronized void failNext(int calls) {
    failures = calls;
  }

  synchronized void refuseNextOpen(FailureType type) {
    refusal = type;
  }

  private void orFail() {
    if (failures > 0) {
      failures--;
      throw new IllegalStateException("the database is away");
    }
  }

  @Override
  public synchronized CheckoutRecord open(CheckoutRequest request, @Nullable PayOrder first) {
    orFail();
    if (refusal != null) {
      throw ApplicationFailure.newNonRetryableFailure("refused by the books", refusal.name());
    }
    CheckoutRow row = checkouts.get(request.checkoutId());
    if (row == null) {
      row = new CheckoutRow(request, CheckoutStatus.AWAITING_PAYMENT, null, null, null);
      checkouts.put(request.checkoutId(), row);
      if (first != null) {
        createPayOrder(first);
      }
    } else if (!row.request().fingerprint().equals(request.fingerprint())) {
      throw ApplicationFailure.newNonRetryableFailure(
          "another order", FailureType.MERCHANT_ORDER_NO_REUSED.name());
    }
    return new CheckoutRecord(
        request.checkoutId(),
        row.status(),
        row.reason(),
        row.request().amount(),
        row.request().deadline(),
        row.attention(),
        payOrders(request.checkoutId()),
        row.event());
  }

  @Override
  public synchronized void createPayOrder(PayOrder payOrder) {
    orFail();
    if (status(payOrder.checkoutId()) == CheckoutStatus.PAID
        && !payOrders.containsKey(payOrder.outTradeNo())) {
      throw ApplicationFailure.newNonRetryableFailure("paid", FailureType.ALREADY_PAID.name());
    }
    payOrders.putIfAbsent(
        payOrder.outTradeNo(),
        new PayOrderRecord(payOrder, PayOrderStatus.PAYING, null, null, null));
  }

  @Override
  public synchronized void recordRefused(OutTradeNo outTradeNo, Refusal why) {
    orFail();
    move(outTradeNo, PayOrderStatus.FAILED);
  }

  @Override
  public synchronized void recordPayOrderClosed(PayOrderClosing closing) {
    orFail();
    move(closing.outTradeNo(), PayOrderStatus.CLOSED);
  }

  private void move(OutTradeNo outTradeNo, PayOrderStatus to) {
    PayOrderRecord row = payOrders.get(outTradeNo);
    if (row != null && PayOrderStatus.MOVES.allows(row.status(), to)) {
      payOrders.put(
          outTradeNo,
          new PayOrderRecord(row.payOrder(), to, row.settlement(), row.tradeNo(), row.paidAt()));
    }
  }

  @Override
  public synchronized PaymentRecorded recordPayment(PaymentArrived payment) {
    orFail();
    CheckoutRow row = checkouts.get(payment.checkoutId());
    PayOrderRecord payOrder = payOrders.get(payment.trade().outTradeNo());
    if (payOrder.settlement() != null) {
      return new PaymentRecorded(
          payOrder.settlement(), payOrder.settlement() == Settlement.SETTLED ? row.event() : null);
    }
    Settlement settlement =
        Settlement.of(row.status(), row.request().deadline(), payment.trade().paidAt());
    payOrders.put(
        payment.trade().outTradeNo(),
        new PayOrderRecord(
            payOrder.payOrder(),
            PayOrderStatus.SUCCEEDED,
            settlement,
            payment.trade().tradeNo(),
            payment.trade().paidAt()));
    OrderEvent event = null;
    if (settlement == Settlement.SETTLED) {
      event = event("evt_paid_", EventType.CHECKOUT_PAID, payment.checkoutId());
      checkouts.put(
          payment.checkoutId(),
          new CheckoutRow(row.request(), CheckoutStatus.PAID, null, row.attention(), event));
    }
    return new PaymentRecorded(settlement, event);
  }

  @Override
  public synchronized CheckoutClosed recordClosed(CheckoutClosing closing) {
    orFail();
    CheckoutRow row = checkouts.get(closing.checkoutId());
    if (row.status() == CheckoutStatus.AWAITING_PAYMENT) {
      OrderEvent event = event("evt_closed_", EventType.CHECKOUT_CLOSED, closing.checkoutId());
      row =
          new CheckoutRow(
              row.request(), CheckoutStatus.CLOSED, closing.reason(), row.attention(), event);
      checkouts.put(closing.checkoutId(), row);
      payOrders(closing.checkoutId())
          .forEach(paying -> move(paying.payOrder().outTradeNo(), PayOrderStatus.CLOSED));
    }
    return new CheckoutClosed(row.status(), row.event());
  }

  private static OrderEvent event(String prefix, EventType type, CheckoutId id) {
    return new OrderEvent(prefix + id, type, id.merchant(), id, "{}");
  }

  @Override
  public synchronized void recordAttention(CheckoutId id, Attention attention, String detail) {
    orFail();
    CheckoutRow row = checkouts.get(id);
    if (row.attention() == null || attention.compareTo(row.attention()) < 0) {
      setAttention(id, attention);
    }
  }

  @Override
  public synchronized void takeBackAttention(CheckoutId id, Attention attention, String detail) {
    orFail();
    if (checkouts.get(id).attention() == attention) {
      setAttention(id, null);
    }
  }

  private void setAttention(CheckoutId id, @Nullable Attention attention) {
    CheckoutRow row = checkouts.get(id);
    checkouts.put(
        id, new CheckoutRow(row.request(), row.status(), row.reason(), attention, row.event()));
  }

  @Override
  public synchronized @Nullable PayOrderRecord findPayOrder(OutTradeNo outTradeNo) {
    orFail();
    return payOrders.get(outTradeNo);
  }

  @Override
  public synchronized RefundRecorded beginRefund(RefundOrder refund) {
    orFail();
    long held =
        refunds.values().stream()
            .filter(other -> other.outTradeNo().equals(refund.outTradeNo()))
            .filter(other -> !other.outRefundNo().equals(refund.outRefundNo()))
            .filter(other -> refundStatus.get(other.outRefundNo()) != RefundStatus.ABANDONED)
            .mapToLong(other -> other.amount().amountFen())
            .sum();
    if (refund.request() != null
        && held + refund.amount().amountFen() > refund.total().amountFen()) {
      throw ApplicationFailure.newNonRetryableFailure(
          "too much", FailureType.REFUND_EXCEEDS_LEFT.name());
    }
    refunds.putIfAbsent(refund.outRefundNo(), refund);
    refundStatus.merge(
        refund.outRefundNo(),
        RefundStatus.PROCESSING,
        (old, processing) -> old == RefundStatus.FAILED ? processing : old);
    return recorded(refund.outRefundNo());
  }

  @Override
  public synchronized RefundRecorded recordRefundSucceeded(OutRefundNo no, Instant refundedAt) {
    orFail();
    refundStatus.put(no, RefundStatus.SUCCEEDED);
    return recorded(no);
  }

  @Override
  public synchronized RefundRecorded recordRefundRefused(OutRefundNo no, Refusal why) {
    orFail();
    refundStatus.put(no, RefundStatus.FAILED);
    return recorded(no);
  }

  /** From now on each refund waits so long for the channel. */
  synchronized void spaceRefunds(Duration spacing) {
    refundSpacing = spacing;
  }

  @Override
  public synchronized Instant takeRefundSlot(OutRefundNo no) {
    orFail();
    return refundSlots.computeIfAbsent(
        no, first -> clock.get().plus(refundSpacing.multipliedBy(refundSlots.size())));
  }

  @Override
  public synchronized RefundRecorded abandonRefund(OutRefundNo no, String reason) {
    orFail();
    refundStatus.computeIfPresent(
        no, (same, old) -> old == RefundStatus.FAILED ? RefundStatus.ABANDONED : old);
    return recorded(no);
  }

  private RefundRecorded recorded(OutRefundNo no) {
    return new RefundRecorded(
        refundStatus.get(no),
        switch (refundStatus.get(no)) {
          case PROCESSING, FAILED -> null;
          case SUCCEEDED -> refundEvent("evt_refunded_", EventType.PAYMENT_REFUNDED, no);
          case ABANDONED -> refundEvent("evt_refund_failed_", EventType.REFUND_FAILED, no);
        });
  }

  private OrderEvent refundEvent(String prefix, EventType type, OutRefundNo no) {
    return event(prefix + no + "_", type, refunds.get(no).checkoutId());
  }

  synchronized @Nullable CheckoutStatus status(CheckoutId id) {
    CheckoutRow row = checkouts.get(id);
    return row == null ? null : row.status();
  }

  synchronized @Nullable Attention attention(CheckoutId id) {
    return checkouts.get(id).attention();
  }

  synchronized List<PayOrderRecord> payOrders(CheckoutId id) {
    return payOrders.values().stream()
        .filter(row -> row.payOrder().checkoutId().equals(id))
        .toList();
  }

  synchronized PayOrderStatus payOrderStatus(OutTradeNo outTradeNo) {
    return payOrders.get(outTradeNo).status();
  }

  synchronized Map<OutRefundNo, RefundStatus> refunds(CheckoutId id) {
    Map<OutRefundNo, RefundStatus> mine = new LinkedHashMap<>(refundStatus);
    mine.keySet().removeIf(no -> !refunds.get(no).checkoutId().equals(id));
    return mine;
  }
}
