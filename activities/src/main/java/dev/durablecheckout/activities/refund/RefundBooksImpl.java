package dev.durablecheckout.activities.refund;

import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.activities.checkout.TimelineDao;
import dev.durablecheckout.activities.event.EventDao;
import dev.durablecheckout.activities.notify.NotifyLogDao;
import dev.durablecheckout.activities.payment.ChannelPostings;
import dev.durablecheckout.activities.stock.StockDao;
import dev.durablecheckout.activities.voucher.VoucherDao;
import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.event.EventType;
import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundBooks;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundRecorded;
import dev.durablecheckout.workflows.refund.RefundRequest;
import dev.durablecheckout.workflows.refund.RefundStatus;
import dev.durablecheckout.workflows.temporal.FailureType;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * {@link RefundBooks} on PostgreSQL: each method is one transaction. Whatever decides about money
 * locks the checkout first, so refunds of one checkout are decided one after the other.
 */
public final class RefundBooksImpl implements RefundBooks {
  private final Jdbi jdbi;
  private final Clock clock;

  public RefundBooksImpl(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @Override
  public RefundRecorded beginRefund(RefundOrder refund) {
    return jdbi.inTransaction(handle -> beginRefund(handle, refund));
  }

  private RefundRecorded beginRefund(Handle handle, RefundOrder refund) {
    CheckoutStatus unused = CheckoutBooksImpl.lock(handle, refund.checkoutId());
    Instant now = clock.instant();
    Optional<RefundOrder> known = RefundDao.find(handle, refund.outRefundNo());
    if (known.isPresent()) {
      checkRepeats(known.get(), refund);
    } else {
      new RefundBudget(handle, refund).hold();
      if (RefundDao.insert(handle, refund, now)) {
        logBegun(handle, refund, now);
      }
    }
    return recorded(handle, refund.outRefundNo());
  }

  private static void checkRepeats(RefundOrder known, RefundOrder refund) {
    if (!Objects.equals(fingerprint(known), fingerprint(refund))) {
      throw FailureType.REFUND_NO_REUSED.verdict("the refund number exists with another request");
    }
  }

  private static String fingerprint(RefundOrder refund) {
    RefundRequest request = refund.request();
    return request == null ? "" : request.fingerprint();
  }

  @Override
  public Instant takeRefundSlot(OutRefundNo outRefundNo) {
    return jdbi.inTransaction(
        handle ->
            RefundSlots.take(
                handle, RefundDao.find(handle, outRefundNo).orElseThrow(), clock.instant()));
  }

  @Override
  public RefundRecorded retryRefund(OutRefundNo outRefundNo) {
    return jdbi.inTransaction(
        handle -> {
          RefundOrder refund = RefundDao.find(handle, outRefundNo).orElseThrow();
          CheckoutStatus unused = CheckoutBooksImpl.lock(handle, refund.checkoutId());
          Instant now = clock.instant();
          if (RefundDao.move(handle, outRefundNo, RefundStatus.PROCESSING, now)) {
            logBegun(handle, refund, now);
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
        Map.of("amount_fen", refund.amount().amountFen()));
  }

  @Override
  public RefundRecorded recordRefundSucceeded(OutRefundNo outRefundNo, Instant refundedAt) {
    return jdbi.inTransaction(
        handle -> {
          RefundOrder refund = RefundDao.find(handle, outRefundNo).orElseThrow();
          CheckoutStatus unused = CheckoutBooksImpl.lock(handle, refund.checkoutId());
          succeed(handle, outRefundNo, refundedAt);
          return recorded(handle, outRefundNo);
        });
  }

  /** For whoever moves the money itself, under the lock of the checkout: the wallet. */
  public static Optional<RefundStatus> status(Handle handle, OutRefundNo outRefundNo) {
    return RefundDao.find(handle, outRefundNo).map(found -> RefundDao.status(handle, outRefundNo));
  }

  /**
   * For whoever moves the money itself, in the same transaction and under the lock of the checkout:
   * the wallet. Does nothing the second time, and nothing for a refund that is not in the books.
   */
  public void succeed(Handle handle, OutRefundNo no, Instant refundedAt) {
    Instant now = clock.instant();
    if (!RefundDao.succeed(handle, no, refundedAt, now)) {
      if (status(handle, no).filter(RefundStatus.ABANDONED::equals).isPresent()) {
        askAboutAbandoned(handle, RefundDao.find(handle, no).orElseThrow(), now);
      }
      return;
    }
    RefundOrder refund = RefundDao.find(handle, no).orElseThrow();
    NotifyLogDao.markApplied(handle, no, now);
    ChannelPostings.postRefund(handle, refund, now);
    log(handle, refund, now, "REFUND_SUCCEEDED", refund.amount() + " have gone back", Map.of());
    takeBackAttention(handle, refund, "the refund has succeeded", now);
    returnStock(handle, refund);
    if (refund.request() != null && refund.request().returnVoucher()) {
      VoucherDao.giveBack(handle, refund.checkoutId(), now);
    }
    Map<String, Object> data = eventData(handle, refund);
    data.put("refunded_at", refundedAt.toString());
    EventDao.add(handle, EventType.PAYMENT_REFUNDED, no.value(), refund.checkoutId(), now, data);
  }

  /** It must not be: what is given up is not at the channel any more. A person has to look. */
  private static void askAboutAbandoned(Handle handle, RefundOrder refund, Instant now) {
    CheckoutBooksImpl.setAttention(
        handle,
        refund.checkoutId(),
        Attention.REFUND_FAILED,
        "the channel says that "
            + refund.amount()
            + " have gone back by "
            + refund.outRefundNo()
            + ", which was given up here",
        now);
  }

  private static void returnStock(Handle handle, RefundOrder refund) {
    RefundRequest request = refund.request();
    if (request != null && request.returnStock()) {
      Map<String, Long> quantities = new LinkedHashMap<>();
      request
          .items()
          .forEach(item -> quantities.merge(item.sku(), (long) item.quantity(), Math::addExact));
      StockDao.giveBack(handle, refund.checkoutId(), quantities);
    }
  }

  /** Another refund of the checkout may still be under way, or wait for a person. */
  private static void takeBackAttention(
      Handle handle, RefundOrder refund, String why, Instant now) {
    CheckoutBooksImpl.takeBackAttention(
        handle,
        refund.checkoutId(),
        Attention.CHANNEL_UNREACHABLE,
        "the channel has answered",
        now);
    if (!RefundDao.any(handle, refund.checkoutId(), RefundStatus.PROCESSING)) {
      CheckoutBooksImpl.takeBackAttention(
          handle, refund.checkoutId(), Attention.REFUND_SLOW, why, now);
    }
    if (!RefundDao.any(handle, refund.checkoutId(), RefundStatus.FAILED)) {
      CheckoutBooksImpl.takeBackAttention(
          handle, refund.checkoutId(), Attention.REFUND_FAILED, why, now);
    }
  }

  private static Map<String, Object> eventData(Handle handle, RefundOrder refund) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("checkout_id", refund.checkoutId().value());
    data.put("merchant_order_no", refund.checkoutId().orderNo().value());
    data.put("out_trade_no", refund.outTradeNo().value());
    data.put("out_refund_no", refund.outRefundNo().value());
    RefundRequest request = refund.request();
    if (request != null) {
      data.put("refund_no", request.refundNo().value());
    }
    data.put("refund_fen", refund.amount().amountFen());
    data.put("refunded_fen", RefundDao.refunded(handle, refund.outTradeNo()).amountFen());
    data.put("paid_fen", refund.total().amountFen());
    data.put("reason", refund.reason().name().toLowerCase(Locale.ROOT));
    return data;
  }

  @Override
  public RefundRecorded recordRefundRefused(OutRefundNo outRefundNo, Refusal refusal) {
    return jdbi.inTransaction(
        handle -> {
          RefundOrder refund = RefundDao.find(handle, outRefundNo).orElseThrow();
          CheckoutStatus unused = CheckoutBooksImpl.lock(handle, refund.checkoutId());
          Instant now = clock.instant();
          if (RefundDao.refuse(handle, outRefundNo, refusal, now)) {
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

  @Override
  public RefundRecorded abandonRefund(OutRefundNo outRefundNo, String reason) {
    return jdbi.inTransaction(
        handle -> {
          RefundOrder refund = RefundDao.find(handle, outRefundNo).orElseThrow();
          CheckoutStatus unused = CheckoutBooksImpl.lock(handle, refund.checkoutId());
          Instant now = clock.instant();
          if (RefundDao.abandon(handle, outRefundNo, now)) {
            new RefundBudget(handle, refund).release();
            log(
                handle,
                refund,
                now,
                "REFUND_ABANDONED",
                "given up: " + reason,
                Map.of("amount_fen", refund.amount().amountFen()));
            takeBackAttention(handle, refund, "the refused refund was given up", now);
            EventDao.add(
                handle,
                EventType.REFUND_FAILED,
                outRefundNo.value(),
                refund.checkoutId(),
                now,
                eventData(handle, refund));
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
    RefundRequest request = refund.request();
    if (request != null) {
      data.put("refund_no", request.refundNo().value());
    }
    TimelineDao.add(handle, refund.checkoutId(), now, kind, refund.outTradeNo(), detail, data);
  }

  private static RefundRecorded recorded(Handle handle, OutRefundNo outRefundNo) {
    RefundStatus status = RefundDao.status(handle, outRefundNo);
    Optional<OrderEvent> event =
        switch (status) {
          case PROCESSING, FAILED -> Optional.empty();
          case SUCCEEDED -> EventDao.find(handle, EventType.PAYMENT_REFUNDED, outRefundNo.value());
          case ABANDONED -> EventDao.find(handle, EventType.REFUND_FAILED, outRefundNo.value());
        };
    return new RefundRecorded(status, event.orElse(null));
  }
}
