package dev.durablecheckout.activities.channel.wallet;

import com.google.common.base.Throwables;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.PayChannel;
import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.activities.ledger.Ledger;
import dev.durablecheckout.activities.ledger.Posted;
import dev.durablecheckout.activities.ledger.Posting;
import dev.durablecheckout.activities.ledger.PostingRefusedException;
import dev.durablecheckout.activities.payment.PayOrderDao;
import dev.durablecheckout.activities.refund.RefundBooksImpl;
import dev.durablecheckout.activities.wallet.Wallet;
import dev.durablecheckout.activities.wallet.WalletDao;
import dev.durablecheckout.workflows.checkout.CheckoutPurpose;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayOrderRecord;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.PayerIdentity;
import dev.durablecheckout.workflows.payment.PaymentArrived;
import dev.durablecheckout.workflows.payment.PaymentRecorded;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.Settlement;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundResult;
import dev.durablecheckout.workflows.refund.RefundStatus;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Pays from a buyer's balance in our own books. The debit, its posting and the checkout's being
 * paid are one transaction: were they two, a crash in between would leave a buyer who has paid and
 * got nothing. So a payment is there whole or not at all, and whoever asks again finds it.
 *
 * <p>Each method locks the checkout, then the pay order, then the wallet, in no other order: a
 * payment, a close and a refund of the same pay order come one after the other.
 */
public final class WalletChannel implements PayChannel {
  private final Jdbi jdbi;
  private final Clock clock;
  private final CheckoutBooksImpl checkouts;
  private final RefundBooksImpl refunds;

  public WalletChannel(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.checkouts = new CheckoutBooksImpl(jdbi, clock);
    this.refunds = new RefundBooksImpl(jdbi, clock);
  }

  /** The merchant says whose wallet it is: nobody logs in. */
  @Override
  public PayerIdentity identify(PayMethod method, String loginCode) {
    throw new IllegalArgumentException("the wallet has no login codes");
  }

  /**
   * Pays at once. A refusal writes nothing: the checkout can still be paid, also from the same
   * wallet once there is enough in it, as another attempt.
   */
  @Override
  public PrepayResult prepay(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    return inTransaction("prepay", handle -> prepay(handle, payOrder));
  }

  private PrepayResult prepay(Handle handle, PayOrder asked) {
    CheckoutStatus checkout = CheckoutBooksImpl.lock(handle, asked.checkoutId());
    // Locked as well: whoever gives the pay order up does not lock the checkout.
    PayOrderRecord record = byWallet(PayOrderDao.lock(handle, asked.outTradeNo()).orElseThrow());
    PayOrder payOrder = record.payOrder();
    Optional<WalletTrade> ended = WalletTradeDao.find(handle, payOrder.outTradeNo());
    if (ended.isPresent()) {
      return ended.get().isPaid()
          ? PrepayResult.paid(ended.get().payment())
          : refused(Refusal.Code.CONFLICT, "TRADE_CLOSED", "it was closed before it was paid");
    }
    if (CheckoutBooksImpl.purpose(handle, payOrder.checkoutId()) == CheckoutPurpose.WALLET_TOP_UP) {
      return refused(
          Refusal.Code.MERCHANT_ACCOUNT, "WALLET_TOP_UP", "a wallet is not filled from itself");
    }
    if (checkout != CheckoutStatus.AWAITING_PAYMENT || record.status() != PayOrderStatus.PAYING) {
      return refused(
          Refusal.Code.CONFLICT,
          "NOT_PAYABLE",
          "the pay order is " + record.status() + ", its checkout " + checkout);
    }
    Instant now = now();
    if (!now.isBefore(payOrder.timeExpire())) {
      return refused(
          Refusal.Code.EXPIRED, "EXPIRED", "it could be paid until " + payOrder.timeExpire());
    }
    Optional<Wallet> wallet =
        WalletDao.lock(handle, payOrder.checkoutId().merchant(), payOrder.buyerId());
    long balance = wallet.map(one -> one.balance().amountFen()).orElse(0L);
    long price = payOrder.amount().amountFen();
    if (wallet.isEmpty() || balance < price) {
      return refused(
          Refusal.Code.INSUFFICIENT_BALANCE,
          "INSUFFICIENT_BALANCE",
          "the wallet holds %d fen of %d: %d are missing"
              .formatted(balance, price, price - balance));
    }
    return PrepayResult.paid(pay(handle, payOrder, wallet.get(), now));
  }

  private TradeResult pay(Handle handle, PayOrder payOrder, Wallet wallet, Instant now) {
    long posting = WalletDao.post(handle, wallet, WalletPostings.payment(payOrder), now).id();
    WalletTrade trade = WalletTrade.paid(payOrder.outTradeNo(), payOrder.amount(), now);
    WalletTradeDao.insertPaid(handle, trade, posting, now);
    PaymentRecorded recorded =
        checkouts.recordPayment(
            handle,
            new PaymentArrived(payOrder.checkoutId(), trade.payment(), PaySource.PREPAY, null));
    if (recorded.settlement() != Settlement.SETTLED) {
      throw new IllegalStateException(
          payOrder.outTradeNo() + " does not settle its checkout: " + recorded.settlement());
    }
    return trade.payment();
  }

  @Override
  public TradeResult query(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    return inTransaction(
        "query",
        handle ->
            WalletTradeDao.find(handle, payOrder.outTradeNo())
                .map(WalletTrade::now)
                .orElseGet(
                    () ->
                        new TradeResult(
                            payOrder.outTradeNo(), TradeState.NOT_CREATED, null, null, null)));
  }

  /** Never NOT_CREATED: what is not there is written down as closed, and can never be paid. */
  @Override
  public CloseResult close(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    return inTransaction("close", handle -> close(handle, payOrder));
  }

  private CloseResult close(Handle handle, PayOrder payOrder) {
    CheckoutStatus unused = CheckoutBooksImpl.lock(handle, payOrder.checkoutId());
    Optional<WalletTrade> ended = WalletTradeDao.find(handle, payOrder.outTradeNo());
    if (ended.isPresent() && ended.get().now().state() == TradeState.PAID) {
      return new CloseResult(CloseResult.Outcome.ALREADY_PAID, ended.get().payment());
    }
    if (ended.isEmpty()) {
      WalletTradeDao.insertClosed(handle, payOrder.outTradeNo(), payOrder.amount(), now());
    }
    return new CloseResult(CloseResult.Outcome.CLOSED, null);
  }

  /**
   * The posting, the balance, the refund SUCCEEDED, what is given back in stock and the event are
   * one transaction: there is no moment at which the buyer has the money and the books do not say
   * so.
   */
  @Override
  public RefundResult refund(RefundOrder refund) throws ChannelOutcomeUnknownException {
    return inTransaction("refund", handle -> refund(handle, refund));
  }

  private RefundResult refund(Handle handle, RefundOrder refund) {
    CheckoutStatus unused = CheckoutBooksImpl.lock(handle, refund.checkoutId());
    Optional<WalletTrade> trade = WalletTradeDao.find(handle, refund.outTradeNo());
    if (trade.isEmpty() || !trade.get().isPaid()) {
      return refusedRefund("NOTHING_PAID", refund.outTradeNo() + " was not paid from a wallet");
    }
    PayOrder payOrder =
        byWallet(PayOrderDao.find(handle, refund.outTradeNo()).orElseThrow()).payOrder();
    String buyerId = payOrder.buyerId();
    Posting posting = WalletPostings.refund(refund, buyerId);
    Optional<Posted> before;
    try {
      before = Ledger.find(handle, posting);
    } catch (PostingRefusedException e) {
      return refusedRefund("REFUND_NO_REUSED", refund.outRefundNo() + " stands for another refund");
    }
    if (before.isPresent()) {
      refunds.succeed(handle, refund.outRefundNo(), before.get().at());
      return RefundResult.succeeded(before.get().at());
    }
    Optional<RefundStatus> status = RefundBooksImpl.status(handle, refund.outRefundNo());
    if (status.isPresent() && status.get() != RefundStatus.PROCESSING) {
      // A call that hung until the refund was given up must not carry it out after all.
      return refusedRefund("NOT_UNDER_WAY", refund.outRefundNo() + " is " + status.get());
    }
    Money left = trade.get().amount().minus(trade.get().refunded());
    if (refund.amount().compareTo(left) > 0) {
      return refusedRefund(
          "MORE_THAN_PAID", refund.amount() + " cannot go back: " + left + " are left");
    }
    Instant now = now();
    Wallet wallet = WalletDao.lock(handle, refund.checkoutId().merchant(), buyerId).orElseThrow();
    WalletTradeDao.addRefund(handle, refund.outTradeNo(), refund.amount(), now);
    Instant refundedAt = WalletDao.post(handle, wallet, posting, now).at();
    refunds.succeed(handle, refund.outRefundNo(), refundedAt);
    return RefundResult.succeeded(refundedAt);
  }

  private static PayOrderRecord byWallet(PayOrderRecord record) {
    PayOrder payOrder = record.payOrder();
    if (payOrder.channel() != Channel.WALLET) {
      throw new IllegalStateException(payOrder.outTradeNo() + " is paid by " + payOrder.channel());
    }
    return record;
  }

  private static PrepayResult refused(Refusal.Code code, String ownCode, String message) {
    return PrepayResult.refused(new Refusal(code, ownCode, message));
  }

  private static RefundResult refusedRefund(String ownCode, String message) {
    return RefundResult.refused(new Refusal(Refusal.Code.CONFLICT, ownCode, message));
  }

  /** As the database keeps it, and as a repeat will read it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** A database that does not answer has not refused: the transaction may have been committed. */
  private <T> T inTransaction(String call, HandleCallback<T, RuntimeException> work)
      throws ChannelOutcomeUnknownException {
    try {
      return jdbi.inTransaction(work);
    } catch (JdbiException e) {
      throw new ChannelOutcomeUnknownException(
          "the books did not answer the " + call + ": " + cause(e), e);
    }
  }

  /** Not the database's own words, which may hold values. */
  private static String cause(JdbiException e) {
    Throwable root = Throwables.getRootCause(e);
    return root instanceof SQLException sql && sql.getSQLState() != null
        ? "SQLSTATE " + sql.getSQLState()
        : root.getClass().getSimpleName();
  }
}
