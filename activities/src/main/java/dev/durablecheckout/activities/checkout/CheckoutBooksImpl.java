package dev.durablecheckout.activities.checkout;

import dev.durablecheckout.activities.event.EventDao;
import dev.durablecheckout.activities.notify.NotifyLogDao;
import dev.durablecheckout.activities.payment.ChannelPostings;
import dev.durablecheckout.activities.payment.PayOrderDao;
import dev.durablecheckout.activities.stock.StockDao;
import dev.durablecheckout.activities.voucher.VoucherDao;
import dev.durablecheckout.activities.wallet.WalletBooks;
import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.checkout.CheckoutBooks;
import dev.durablecheckout.workflows.checkout.CheckoutClosed;
import dev.durablecheckout.workflows.checkout.CheckoutClosing;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutPurpose;
import dev.durablecheckout.workflows.checkout.CheckoutRecord;
import dev.durablecheckout.workflows.checkout.CheckoutRequest;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.event.EventType;
import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayOrderClosing;
import dev.durablecheckout.workflows.payment.PayOrderRecord;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.PaymentArrived;
import dev.durablecheckout.workflows.payment.PaymentRecorded;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.Settlement;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.temporal.FailureType;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@link CheckoutBooks} on PostgreSQL: each method is one transaction. */
public final class CheckoutBooksImpl implements CheckoutBooks {
  private final Jdbi jdbi;
  private final Clock clock;

  public CheckoutBooksImpl(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @Override
  public CheckoutRecord open(CheckoutRequest request, @Nullable PayOrder firstPayOrder) {
    return jdbi.inTransaction(handle -> open(handle, request, firstPayOrder));
  }

  private CheckoutRecord open(Handle handle, CheckoutRequest request, @Nullable PayOrder first) {
    CheckoutId id = request.checkoutId();
    Instant now = clock.instant();
    boolean isNew = CheckoutDao.insert(handle, request, now);
    if (isNew) {
      StockDao.reserve(handle, id, request.items());
      if (request.voucher() != null) {
        VoucherDao.hold(handle, id, request.voucher(), request.buyerId(), now);
      }
      TimelineDao.add(
          handle,
          id,
          now,
          "OPENED",
          null,
          "opened, to be paid until " + request.deadline(),
          Map.of("amount_fen", request.amount().amountFen()));
      if (first != null) {
        createPayOrder(handle, first, now);
      }
    }
    Optional<CheckoutRow> row = CheckoutDao.find(handle, id);
    if (row.isEmpty()) {
      throw FailureType.IDEMPOTENCY_KEY_REUSED.verdict(
          "the idempotency key belongs to another order");
    }
    if (!row.get().fingerprint().equals(request.fingerprint())) {
      throw FailureType.MERCHANT_ORDER_NO_REUSED.verdict(
          id.orderNo() + " exists with another request");
    }
    return record(handle, row.get(), !isNew);
  }

  private static CheckoutRecord record(Handle handle, CheckoutRow row, boolean known) {
    return new CheckoutRecord(
        row.id(),
        row.status(),
        row.closeReason(),
        row.amount(),
        row.deadline(),
        row.attention(),
        PayOrderDao.ofCheckouts(handle, List.of(row.id())),
        undelivered(handle, row).orElse(null),
        known);
  }

  private static Optional<OrderEvent> undelivered(Handle handle, CheckoutRow row) {
    return switch (row.status()) {
      case AWAITING_PAYMENT -> Optional.empty();
      case PAID -> EventDao.findUndelivered(handle, EventType.CHECKOUT_PAID, row.id().value());
      case CLOSED -> EventDao.findUndelivered(handle, EventType.CHECKOUT_CLOSED, row.id().value());
    };
  }

  @Override
  public void createPayOrder(PayOrder payOrder) {
    jdbi.useTransaction(handle -> createPayOrder(handle, payOrder, clock.instant()));
  }

  private static void createPayOrder(Handle handle, PayOrder payOrder, Instant now) {
    if (PayOrderDao.insert(handle, payOrder, now)) {
      TimelineDao.add(
          handle,
          payOrder.checkoutId(),
          now,
          "PAY_ORDER_CREATED",
          payOrder.outTradeNo(),
          "pay order " + payOrder.attempt() + " by " + payOrder.channel() + " " + payOrder.method(),
          Map.of("time_expire", payOrder.timeExpire().toString()));
    } else if (PayOrderDao.find(handle, payOrder.outTradeNo()).isEmpty()) {
      CheckoutStatus status =
          CheckoutDao.find(handle, payOrder.checkoutId()).orElseThrow().status();
      if (status == CheckoutStatus.PAID) {
        throw FailureType.ALREADY_PAID.verdict(payOrder.checkoutId() + " is paid");
      }
      throw new IllegalStateException(payOrder.checkoutId() + " is " + status);
    }
  }

  @Override
  public void recordRefused(OutTradeNo outTradeNo, Refusal refusal) {
    jdbi.useTransaction(
        handle -> {
          Instant now = clock.instant();
          if (PayOrderDao.refuse(handle, outTradeNo, refusal, now)) {
            PayOrder payOrder = payOrder(handle, outTradeNo).payOrder();
            TimelineDao.add(
                handle,
                payOrder.checkoutId(),
                now,
                "PAY_ORDER_REFUSED",
                outTradeNo,
                "the channel refused it: " + refusal.message(),
                Map.of("code", refusal.code().name(), "channel_code", refusal.channelCode()));
          }
        });
  }

  @Override
  public void recordPayOrderClosed(PayOrderClosing closing) {
    jdbi.useTransaction(handle -> closePayOrder(handle, closing, clock.instant()));
  }

  private static void closePayOrder(Handle handle, PayOrderClosing closing, Instant now) {
    CloseResult.Outcome outcome = closing.outcome();
    boolean dead = Boolean.TRUE.equals(closing.dead());
    if (PayOrderDao.close(handle, closing.outTradeNo(), dead, now)) {
      CheckoutId checkout = payOrder(handle, closing.outTradeNo()).payOrder().checkoutId();
      if (outcome != null) {
        channelHasAnswered(handle, checkout, now);
      }
      TimelineDao.add(
          handle,
          checkout,
          now,
          "PAY_ORDER_CLOSED",
          closing.outTradeNo(),
          outcome == null
              ? "given up; the channel has not answered the close yet"
              : "closed at the channel: " + outcome,
          outcome == null ? Map.of() : Map.of("outcome", outcome.name()));
    }
  }

  /** Whoever could not reach the channel before has no reason to call a person any more. */
  private static void channelHasAnswered(Handle handle, CheckoutId id, Instant now) {
    takeBackAttention(handle, id, Attention.CHANNEL_UNREACHABLE, "the channel has answered", now);
  }

  @Override
  public void recordDead(List<OutTradeNo> outTradeNos) {
    jdbi.useTransaction(handle -> PayOrderDao.bury(handle, outTradeNos, clock.instant()));
  }

  private static PayOrderRecord payOrder(Handle handle, OutTradeNo outTradeNo) {
    return PayOrderDao.find(handle, outTradeNo).orElseThrow();
  }

  @Override
  public PaymentRecorded recordPayment(PaymentArrived payment) {
    return jdbi.inTransaction(handle -> recordPayment(handle, payment));
  }

  /**
   * Where a checkout stands, locked until the end of the transaction: for whoever decides by it in
   * a transaction of its own. It is the first lock that such a transaction takes.
   */
  public static CheckoutStatus lock(Handle handle, CheckoutId id) {
    return CheckoutDao.lock(handle, id).status();
  }

  /** What a checkout is for: whoever moves money by it asks. */
  public static CheckoutPurpose purpose(Handle handle, CheckoutId id) {
    return CheckoutDao.find(handle, id).orElseThrow().purpose();
  }

  /** For whoever moves the money itself, in the same transaction: the wallet. */
  public PaymentRecorded recordPayment(Handle handle, PaymentArrived payment) {
    CheckoutRow checkout = CheckoutDao.lock(handle, payment.checkoutId());
    PayOrderRecord payOrder = payOrder(handle, payment.trade().outTradeNo());
    if (!payOrder.payOrder().checkoutId().equals(checkout.id())
        || !payOrder.payOrder().agreesWith(payment.trade())) {
      throw new IllegalStateException(
          payment.trade().outTradeNo() + " is another checkout's, or over another amount");
    }
    Instant now = clock.instant();
    if (payment.notifyLogId() != null) {
      NotifyLogDao.markApplied(handle, payment.notifyLogId(), now);
    }
    if (payOrder.settlement() != null) {
      return new PaymentRecorded(
          payOrder.settlement(),
          payOrder.settlement() == Settlement.SETTLED
              ? EventDao.find(handle, EventType.CHECKOUT_PAID, checkout.id().value()).orElse(null)
              : null);
    }
    Settlement settlement =
        Settlement.of(checkout.status(), checkout.deadline(), payment.trade().paidAt());
    if (!PayOrderDao.succeed(
        handle, payment.trade(), payOrder.payOrder().amount(), settlement, now)) {
      throw new IllegalStateException("a pay order cannot become paid from " + payOrder.status());
    }
    NotifyLogDao.markApplied(
        handle, payment.trade().outTradeNo(), payOrder.payOrder().amount(), now);
    channelHasAnswered(handle, checkout.id(), now);
    post(handle, checkout, payOrder.payOrder(), settlement, now);
    TimelineDao.add(
        handle,
        checkout.id(),
        now,
        kind(settlement),
        payment.trade().outTradeNo(),
        detail(settlement, payment),
        facts(payment));
    return new PaymentRecorded(
        settlement,
        settlement == Settlement.SETTLED ? settle(handle, checkout, payment, now) : null);
  }

  /** What settles a top-up is the buyer's at once; what does not goes back, as any other money. */
  private static void post(
      Handle handle, CheckoutRow checkout, PayOrder payOrder, Settlement settlement, Instant now) {
    if (checkout.purpose() == CheckoutPurpose.WALLET_TOP_UP && settlement == Settlement.SETTLED) {
      WalletBooks.topUp(handle, payOrder, now);
    } else {
      ChannelPostings.postPayment(handle, payOrder, settlement, now);
    }
  }

  private static OrderEvent settle(
      Handle handle, CheckoutRow checkout, PaymentArrived payment, Instant now) {
    if (!CheckoutDao.move(handle, checkout.id(), CheckoutStatus.PAID, null, now)) {
      throw new IllegalStateException("a checkout cannot become paid from " + checkout.status());
    }
    StockDao.commit(handle, checkout.id());
    VoucherDao.redeem(handle, checkout.id(), now);
    Map<String, Object> data = eventData(checkout, CheckoutStatus.PAID);
    data.putAll(facts(payment));
    return EventDao.add(
        handle, EventType.CHECKOUT_PAID, checkout.id().value(), checkout.id(), now, data);
  }

  private static String kind(Settlement settlement) {
    return switch (settlement) {
      case SETTLED -> "PAID";
      case LATE -> "PAYMENT_LATE";
      case DUPLICATE -> "PAYMENT_DUPLICATE";
    };
  }

  private static String detail(Settlement settlement, PaymentArrived payment) {
    String told =
        payment.source() == PaySource.PREPAY ? "at once" : "as a " + payment.source() + " told";
    return switch (settlement) {
      case SETTLED -> "paid, " + told;
      case LATE -> "paid too late, " + told + ": it goes back";
      case DUPLICATE -> "paid a second time, " + told + ": it goes back";
    };
  }

  private static Map<String, Object> facts(PaymentArrived payment) {
    TradeResult trade = payment.trade();
    TradeNo tradeNo = trade.tradeNo();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("out_trade_no", trade.outTradeNo().value());
    facts.put("trade_no", tradeNo == null ? null : tradeNo.value());
    facts.put("paid_at", trade.paidAt() == null ? null : trade.paidAt().toString());
    facts.put("source", payment.source().name());
    return facts;
  }

  private static Map<String, Object> eventData(CheckoutRow checkout, CheckoutStatus status) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("checkout_id", checkout.id().value());
    data.put("merchant_order_no", checkout.id().orderNo().value());
    data.put("purpose", checkout.purpose().name().toLowerCase(java.util.Locale.ROOT));
    data.put("status", status.name().toLowerCase(java.util.Locale.ROOT));
    data.put("amount_fen", checkout.amount().amountFen());
    data.put("metadata", checkout.metadata());
    return data;
  }

  @Override
  public CheckoutClosed recordClosed(CheckoutClosing closing) {
    return jdbi.inTransaction(handle -> recordClosed(handle, closing));
  }

  private CheckoutClosed recordClosed(Handle handle, CheckoutClosing closing) {
    CheckoutRow checkout = CheckoutDao.lock(handle, closing.checkoutId());
    Instant now = clock.instant();
    if (CheckoutDao.move(handle, checkout.id(), CheckoutStatus.CLOSED, closing.reason(), now)) {
      closing.closed().forEach(payOrder -> closePayOrder(handle, payOrder, now));
      PayOrderDao.closeAll(handle, checkout.id(), now);
      StockDao.release(handle, checkout.id());
      VoucherDao.release(handle, checkout.id());
      TimelineDao.add(
          handle,
          checkout.id(),
          now,
          "CLOSED",
          null,
          "closed unpaid: " + closing.reason(),
          Map.of("close_reason", closing.reason().name()));
      Map<String, Object> data = eventData(checkout, CheckoutStatus.CLOSED);
      data.put("close_reason", closing.reason().name().toLowerCase(java.util.Locale.ROOT));
      EventDao.add(
          handle, EventType.CHECKOUT_CLOSED, checkout.id().value(), checkout.id(), now, data);
    }
    return EventDao.find(handle, EventType.CHECKOUT_CLOSED, checkout.id().value())
        .map(event -> new CheckoutClosed(CheckoutStatus.CLOSED, event))
        .orElseGet(
            () ->
                new CheckoutClosed(checkout.status(), undelivered(handle, checkout).orElse(null)));
  }

  @Override
  public void recordAttention(CheckoutId id, Attention attention, String detail) {
    jdbi.useTransaction(handle -> setAttention(handle, id, attention, detail, clock.instant()));
  }

  @Override
  public void takeBackAttention(CheckoutId id, Attention attention, String detail) {
    jdbi.useTransaction(
        handle -> takeBackAttention(handle, id, attention, detail, clock.instant()));
  }

  /** For whoever raises attention inside a transaction of its own. */
  public static void setAttention(
      Handle handle, CheckoutId id, Attention attention, String detail, Instant now) {
    if (CheckoutDao.setAttention(handle, id, attention, detail, now)) {
      logAttention(handle, id, now, detail, attention.name());
    }
  }

  /** For whoever takes attention back inside a transaction of its own. */
  public static void takeBackAttention(
      Handle handle, CheckoutId id, Attention attention, String detail, Instant now) {
    if (CheckoutDao.takeBackAttention(handle, id, attention, now)) {
      logAttention(handle, id, now, detail, "none");
    }
  }

  private static void logAttention(
      Handle handle, CheckoutId id, Instant now, String detail, String attention) {
    TimelineDao.add(handle, id, now, "ATTENTION", null, detail, Map.of("attention", attention));
  }

  @Override
  public @Nullable PayOrderRecord findPayOrder(OutTradeNo outTradeNo) {
    return jdbi.withHandle(handle -> PayOrderDao.find(handle, outTradeNo)).orElse(null);
  }
}
