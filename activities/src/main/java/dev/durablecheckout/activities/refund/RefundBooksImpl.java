package dev.durablecheckout.activities.refund;

import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.activities.checkout.TimelineDao;
import dev.durablecheckout.activities.event.EventDao;
import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.event.EventType;
import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundBooks;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundRecorded;
import dev.durablecheckout.workflows.refund.RefundStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** {@link RefundBooks} on PostgreSQL: each method is one transaction. */
public final class RefundBooksImpl implements RefundBooks {
  private final Jdbi jdbi;
  private final Clock clock;

  public RefundBooksImpl(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @Override
  public RefundRecorded beginRefund(RefundOrder refund) {
    return jdbi.inTransaction(
        handle -> {
          Instant now = clock.instant();
          if (RefundDao.insert(handle, refund, now)) {
            logBegun(handle, refund, now);
          }
          return recorded(handle, refund.outRefundNo());
        });
  }

  @Override
  public RefundRecorded retryRefund(OutRefundNo outRefundNo) {
    return jdbi.inTransaction(
        handle -> {
          Instant now = clock.instant();
          if (RefundDao.move(handle, outRefundNo, RefundStatus.PROCESSING, now)) {
            logBegun(handle, RefundDao.find(handle, outRefundNo).orElseThrow(), now);
          }
          return recorded(handle, outRefundNo);
        });
  }

  private static void logBegun(Handle handle, RefundOrder refund, Instant now) {
    log(
        handle,
        refund,
        now,
        "REFUND_BEGUN",
        refund.reason() + ": " + refund.amount() + " go back",
        Map.of());
  }

  @Override
  public RefundRecorded recordRefundSucceeded(OutRefundNo outRefundNo, Instant refundedAt) {
    return jdbi.inTransaction(
        handle -> {
          Instant now = clock.instant();
          if (RefundDao.succeed(handle, outRefundNo, refundedAt, now)) {
            RefundOrder refund = RefundDao.find(handle, outRefundNo).orElseThrow();
            log(
                handle,
                refund,
                now,
                "REFUND_SUCCEEDED",
                refund.amount() + " have gone back",
                Map.of());
            CheckoutBooksImpl.takeBackAttention(
                handle,
                refund.checkoutId(),
                Attention.REFUND_FAILED,
                "the refused refund has succeeded",
                now);
            EventDao.add(
                handle,
                EventType.PAYMENT_REFUNDED,
                outRefundNo.value(),
                refund.checkoutId(),
                now,
                eventData(refund, refundedAt));
          }
          return recorded(handle, outRefundNo);
        });
  }

  private static Map<String, Object> eventData(RefundOrder refund, Instant refundedAt) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("checkout_id", refund.checkoutId().value());
    data.put("merchant_order_no", refund.checkoutId().orderNo().value());
    data.put("out_trade_no", refund.outTradeNo().value());
    data.put("out_refund_no", refund.outRefundNo().value());
    data.put("refund_fen", refund.amount().amountFen());
    data.put("reason", refund.reason().name().toLowerCase(Locale.ROOT));
    data.put("refunded_at", refundedAt.toString());
    return data;
  }

  @Override
  public RefundRecorded recordRefundRefused(OutRefundNo outRefundNo, Refusal refusal) {
    return jdbi.inTransaction(
        handle -> {
          Instant now = clock.instant();
          if (RefundDao.refuse(handle, outRefundNo, refusal, now)) {
            RefundOrder refund = RefundDao.find(handle, outRefundNo).orElseThrow();
            String detail =
                "the channel refuses to send " + refund.amount() + " back: " + refusal.message();
            log(
                handle,
                refund,
                now,
                "REFUND_REFUSED",
                detail,
                Map.of("code", refusal.code().name(), "channel_code", refusal.channelCode()));
            CheckoutBooksImpl.setAttention(
                handle, refund.checkoutId(), Attention.REFUND_FAILED, detail, now);
          }
          return recorded(handle, outRefundNo);
        });
  }

  private static void log(
      Handle handle,
      RefundOrder refund,
      Instant now,
      String kind,
      String detail,
      Map<String, ?> more) {
    Map<String, Object> data = new LinkedHashMap<>(more);
    data.put("out_refund_no", refund.outRefundNo().value());
    TimelineDao.add(handle, refund.checkoutId(), now, kind, refund.outTradeNo(), detail, data);
  }

  private static RefundRecorded recorded(Handle handle, OutRefundNo outRefundNo) {
    RefundStatus status = RefundDao.status(handle, outRefundNo);
    OrderEvent event =
        status == RefundStatus.SUCCEEDED
            ? EventDao.find(handle, EventType.PAYMENT_REFUNDED, outRefundNo.value()).orElse(null)
            : null;
    return new RefundRecorded(status, event);
  }
}
