package dev.durablecheckout.workflows.payment;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundResult;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Calls to a channel, on that channel's own task queue. Every method returns only what the channel
 * definitely said; an answer that is missing or unusable is thrown as retryable {@code
 * CHANNEL_OUTCOME_UNKNOWN} and the call is repeated with the same number.
 */
@ActivityInterface
public interface ChannelActivities {
  /**
   * Exchanges a login code for the buyer's openid. A code is good once: if the answer is lost, the
   * repeat is refused, and the buyer's page asks for a new code.
   */
  @ActivityMethod
  PayerIdentity identify(CheckoutId checkoutId, PayChoice choice);

  /**
   * Creates the trade at the channel. Idempotent on out_trade_no: a repeat continues the same
   * trade.
   */
  @ActivityMethod
  PrepayResult prepay(PayOrder payOrder);

  /**
   * Polls until the trade is paid: each attempt asks once and fails with benign {@code
   * NOT_PAID_YET}; the first asks nothing, since nobody pays within a moment. Returns earlier, with
   * the state it found, when the trade is CLOSED or when the books say that the pay order is not
   * PAYING any more.
   */
  @ActivityMethod
  TradeResult awaitPayment(PayOrder payOrder);

  /** Asks once what became of the trade. Changes nothing. */
  @ActivityMethod
  TradeResult query(PayOrder payOrder);

  /** Closes the trade, or finds out why it cannot be closed. Idempotent on out_trade_no. */
  @ActivityMethod
  CloseResult close(PayOrder payOrder);

  /**
   * Gives money back. Idempotent on out_request_no: a repeat moves no money and returns the first
   * outcome.
   */
  @ActivityMethod
  RefundResult refund(RefundOrder refund);
}
