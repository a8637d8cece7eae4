package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.ChannelActivities;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.Payer;
import dev.durablecheckout.workflows.payment.PayerIdentity;
import dev.durablecheckout.workflows.payment.PaymentArrived;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundResult;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A channel with its buyers, in memory: a trade exists once it was scanned, and money can be
 * counted.
 */
final class FakeChannel implements ChannelActivities {
  private final Map<OutTradeNo, Trade> trades = new LinkedHashMap<>();
  private final Map<OutTradeNo, PayOrder> prepaid = new LinkedHashMap<>();
  private final Map<OutRefundNo, RefundOrder> refunds = new LinkedHashMap<>();
  private final FakeBooks books;
  private final Supplier<Instant> clock;
  private final Set<String> loginCodes = new HashSet<>();
  private boolean paysAtOnce;
  private @Nullable Money amountPaidAtOnce;
  private boolean paysInBooks;
  private final Set<Channel> dead = EnumSet.noneOf(Channel.class);
  private boolean down;
  private int refusedRefunds;
  private RefundResult refundRefusal =
      RefundResult.refused(
          new Refusal(Refusal.Code.MERCHANT_ACCOUNT, "ACQ.TRADE_NOT_ALLOW_REFUND", "not allowed"));
  private final Map<OutRefundNo, Instant> refundAskedAt = new LinkedHashMap<>();
  private int refundAsks;
  private int slowRefunds;
  private @Nullable Refusal prepayRefusal;
  private @Nullable Runnable beforeClose;
  private int queries;

  private record Trade(TradeState state, Money amount, @Nullable Instant paidAt) {}

  FakeChannel(FakeBooks books, Supplier<Instant> clock) {
    this.books = books;
    this.clock = clock;
  }

  synchronized void down(boolean isDown) {
    down = isDown;
  }

  synchronized void refusePrepay(@Nullable Refusal refusal) {
    prepayRefusal = refusal;
  }

  synchronized void refuseRefunds(int times) {
    refusedRefunds = times;
  }

  synchronized void refuseRefunds(int times, RefundResult answer) {
    refusedRefunds = times;
    refundRefusal = answer;
  }

  /** When the channel was first asked for a refund. */
  synchronized Instant refundAskedAt(OutRefundNo no) {
    return refundAskedAt.get(no);
  }

  /** How often the channel was asked for a refund. */
  synchronized int refundAsks() {
    return refundAsks;
  }

  /** So often a refund is said to be under way. */
  synchronized void slowRefunds(int times) {
    slowRefunds = times;
  }

  /** Runs once, when the next close reaches the channel. */
  synchronized void beforeNextClose(Runnable action) {
    beforeClose = action;
  }

  synchronized void scan(OutTradeNo no) {
    trades.putIfAbsent(no, new Trade(TradeState.UNPAID, prepaid.get(no).amount(), null));
  }

  /** The buyer pays, unless the trade is closed; returns what a notify would say. */
  synchronized TradeResult pay(OutTradeNo no) {
    return prepaid.containsKey(no) ? pay(no, prepaid.get(no).amount()) : result(no);
  }

  synchronized TradeResult pay(OutTradeNo no, Money amount) {
    if (!prepaid.containsKey(no)) {
      return result(no);
    }
    scan(no);
    Trade trade = trades.get(no);
    if (trade.state() == TradeState.UNPAID) {
      trades.put(no, new Trade(TradeState.PAID, amount, clock.get()));
    }
    return result(no);
  }

  synchronized TradeResult look(OutTradeNo no) {
    return result(no);
  }

  synchronized boolean isPrepaid(OutTradeNo no) {
    return prepaid.containsKey(no);
  }

  synchronized int queries() {
    return queries;
  }

  synchronized long receiptsLessRefundsFen(CheckoutId id) {
    long receipts =
        trades.entrySet().stream()
            .filter(trade -> checkoutOf(trade.getKey()).equals(id))
            .filter(trade -> trade.getValue().paidAt() != null)
            .mapToLong(trade -> trade.getValue().amount().amountFen())
            .sum();
    long back =
        refunds.values().stream()
            .filter(refund -> refund.checkoutId().equals(id))
            .mapToLong(refund -> refund.amount().amountFen())
            .sum();
    return receipts - back;
  }

  private CheckoutId checkoutOf(OutTradeNo no) {
    return prepaid.get(no).checkoutId();
  }

  /** One channel answers nothing, or does so again. */
  synchronized void dead(Channel channel, boolean isDead) {
    if (isDead) {
      dead.add(channel);
    } else {
      dead.remove(channel);
    }
  }

  private void orUnknown(Channel channel) {
    if (down || dead.contains(channel)) {
      throw ApplicationFailure.newFailure(
          "read timed out", FailureType.CHANNEL_OUTCOME_UNKNOWN.name());
    }
  }

  @Override
  public synchronized PayerIdentity identify(CheckoutId checkoutId, PayChoice choice) {
    orUnknown(choice.channel());
    String code = choice.openLoginCode();
    if (code == null || !loginCodes.add(code)) {
      return PayerIdentity.refused(new Refusal(Refusal.Code.PAYER, "40163", "code been used"));
    }
    return PayerIdentity.known(code.replaceFirst("^code-of-([^-]*).*", "openid-$1"));
  }

  /** Somebody has exchanged this code before. */
  synchronized void useUp(String loginCode) {
    loginCodes.add(loginCode);
  }

  synchronized @Nullable String returnUrl(OutTradeNo outTradeNo) {
    return prepaid.get(outTradeNo).returnUrl();
  }

  /** The one who may pay a pay order. */
  synchronized @Nullable Payer payer(OutTradeNo no) {
    return prepaid.get(no).payer();
  }

  /** From now on a pay order is paid as soon as it is created. */
  synchronized void payAtOnce() {
    paysAtOnce = true;
  }

  /** From now on a pay order is paid as soon as it is created, with this amount. */
  synchronized void payAtOnce(Money amount) {
    paysAtOnce = true;
    amountPaidAtOnce = amount;
  }

  /** The next pay order is paid in the books, as by a wallet; then its channel falls silent. */
  synchronized void payInBooksAndFallSilent() {
    paysInBooks = true;
  }

  private void payInBooks(PayOrder payOrder) {
    paysInBooks = false;
    prepaid.put(payOrder.outTradeNo(), payOrder);
    books.recordPayment(
        new PaymentArrived(
            payOrder.checkoutId(), pay(payOrder.outTradeNo()), PaySource.PREPAY, null));
    dead.add(payOrder.channel());
  }

  @Override
  public synchronized PrepayResult prepay(PayOrder payOrder) {
    if (paysInBooks) {
      payInBooks(payOrder);
    }
    orUnknown(payOrder.channel());
    if (prepayRefusal != null) {
      return PrepayResult.refused(prepayRefusal);
    }
    prepaid.put(payOrder.outTradeNo(), payOrder);
    if (paysAtOnce) {
      Money amount = amountPaidAtOnce == null ? payOrder.amount() : amountPaidAtOnce;
      return PrepayResult.paid(pay(payOrder.outTradeNo(), amount));
    }
    return PrepayResult.ready(
        new PayCredential(
            PayCredential.Type.QR_CODE, "https://qr.example/" + payOrder.outTradeNo()));
  }

  @Override
  public TradeResult awaitPayment(PayOrder payOrder) {
    if (Activity.getExecutionContext().getInfo().getAttempt() == 1) {
      throw notPaidYet();
    }
    TradeResult trade = query(payOrder);
    boolean over = trade.state() == TradeState.PAID || trade.state() == TradeState.CLOSED;
    if (over || books.payOrderStatus(payOrder.outTradeNo()) != PayOrderStatus.PAYING) {
      return trade;
    }
    throw notPaidYet();
  }

  private static ApplicationFailure notPaidYet() {
    return ApplicationFailure.newBuilder()
        .setMessage("not paid yet")
        .setType(FailureType.NOT_PAID_YET.name())
        .setCategory(ApplicationErrorCategory.BENIGN)
        .build();
  }

  @Override
  public synchronized TradeResult query(PayOrder payOrder) {
    orUnknown(payOrder.channel());
    queries++;
    return result(payOrder.outTradeNo());
  }

  private TradeResult result(OutTradeNo no) {
    Trade trade = trades.get(no);
    return trade == null
        ? new TradeResult(no, TradeState.NOT_CREATED, null, null, null)
        : new TradeResult(no, trade.state(), TradeNo.of("T" + no), trade.amount(), trade.paidAt());
  }

  @Override
  public CloseResult close(PayOrder payOrder) {
    Runnable action;
    synchronized (this) {
      orUnknown(payOrder.channel());
      action = beforeClose;
      beforeClose = null;
    }
    if (action != null) {
      action.run();
    }
    return closeNow(payOrder.outTradeNo());
  }

  private synchronized CloseResult closeNow(OutTradeNo no) {
    Trade trade = trades.get(no);
    if (trade == null) {
      return new CloseResult(CloseResult.Outcome.NOT_CREATED, null);
    }
    if (trade.state() == TradeState.PAID) {
      return new CloseResult(CloseResult.Outcome.ALREADY_PAID, result(no));
    }
    trades.put(no, new Trade(TradeState.CLOSED, trade.amount(), null));
    return new CloseResult(CloseResult.Outcome.CLOSED, null);
  }

  @Override
  public synchronized RefundResult refund(RefundOrder refund) {
    orUnknown(refund.channel());
    refundAsks++;
    refundAskedAt.putIfAbsent(refund.outRefundNo(), clock.get());
    if (refusedRefunds > 0) {
      refusedRefunds--;
      return refundRefusal;
    }
    if (slowRefunds > 0) {
      slowRefunds--;
      return RefundResult.processing();
    }
    refunds.put(refund.outRefundNo(), refund);
    return RefundResult.succeeded(clock.get());
  }
}
