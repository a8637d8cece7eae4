package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayOrderClosing;
import dev.durablecheckout.workflows.payment.PayOrderRecord;
import dev.durablecheckout.workflows.payment.PaymentArrived;
import dev.durablecheckout.workflows.payment.PaymentRecorded;
import dev.durablecheckout.workflows.payment.Refusal;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The books of checkouts and pay orders. Run as local activities: each method is one short
 * transaction, idempotent on the key it names, and may run again after a lost answer. A database
 * that is down is retried for ever.
 */
@ActivityInterface
public interface CheckoutBooks {
  /**
   * Opens a checkout in one transaction: the checkout, its order, stock reservations, its voucher
   * held, and the first pay order (if the buyer has chosen already), PAYING, before the channel
   * hears of it. Idempotent on {@link CheckoutRequest#checkoutId}: for a checkout that exists with
   * the same fingerprint it changes nothing and returns what the books have (this is also how a
   * rebuilt workflow finds its place).
   *
   * <p>Fails for good, writing nothing, with {@code MERCHANT_ORDER_NO_REUSED}, {@code
   * IDEMPOTENCY_KEY_REUSED}, {@code OUT_OF_STOCK} or {@code VOUCHER_NOT_USABLE}.
   */
  @ActivityMethod
  CheckoutRecord open(CheckoutRequest request, @Nullable PayOrder firstPayOrder);

  /**
   * Adds a pay order, PAYING. Idempotent on {@link PayOrder#outTradeNo}.
   *
   * <p>Fails for good, writing nothing, with {@code ALREADY_PAID}: a wallet has paid the checkout,
   * and its answer has not got here yet.
   */
  @ActivityMethod
  void createPayOrder(PayOrder payOrder);

  /**
   * Ends a pay order that its channel refused: FAILED. Idempotent on the number; a no-op unless it
   * is PAYING.
   */
  @ActivityMethod
  void recordRefused(OutTradeNo outTradeNo, Refusal refusal);

  /**
   * Ends a pay order that was switched away from: CLOSED. Idempotent; a no-op unless it is PAYING.
   */
  @ActivityMethod
  void recordPayOrderClosed(PayOrderClosing closing);

  /**
   * Says that no money can come any more by pay orders that are CLOSED, so that nobody has to look
   * again. Idempotent; a no-op for others.
   */
  @ActivityMethod
  void recordDead(List<OutTradeNo> outTradeNos);

  /**
   * Books a payment that arrived, in one transaction: the pay order SUCCEEDED; if it settles the
   * checkout also the checkout PAID, its stock committed, its voucher redeemed and the event for
   * the order system; the notify, if one told us, applied. Which settlement it is, is decided under
   * the checkout's row lock. Idempotent on the trade's out_trade_no: a second call returns the
   * first settlement and its event.
   */
  @ActivityMethod
  PaymentRecorded recordPayment(PaymentArrived payment);

  /**
   * Closes an unpaid checkout in one transaction: CLOSED, its pay orders CLOSED, its stock and
   * voucher released once, the event for the order system. Idempotent on the checkout; changes
   * nothing if it is PAID.
   */
  @ActivityMethod
  CheckoutClosed recordClosed(CheckoutClosing closing);

  /**
   * Says in the books why a person should look, unless a graver reason stands there. Idempotent.
   */
  @ActivityMethod
  void recordAttention(CheckoutId checkoutId, Attention attention, String detail);

  /** Takes a reason back that is over; another one that stands there stays. Idempotent. */
  @ActivityMethod
  void takeBackAttention(CheckoutId checkoutId, Attention attention, String detail);

  /**
   * What the books have of a pay order; absent if they have never heard of the number. Changes
   * nothing.
   */
  @ActivityMethod
  @Nullable PayOrderRecord findPayOrder(OutTradeNo outTradeNo);
}
