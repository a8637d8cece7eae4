package dev.durablecheckout.activities.channel;

import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayerIdentity;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundResult;

/**
 * Calls to one merchant's account at one channel. A method returns what the channel definitely
 * said; whatever else happens is thrown as {@link ChannelOutcomeUnknownException}: the caller
 * repeats the call with the same number.
 */
public interface PayChannel {
  /**
   * Exchanges a login code for the buyer's openid. A code is good once: asking again is refused.
   *
   * @throws IllegalArgumentException if this channel has no login codes
   */
  PayerIdentity identify(PayMethod method, String loginCode) throws ChannelOutcomeUnknownException;

  /** Creates the trade. Idempotent on out_trade_no. */
  PrepayResult prepay(PayOrder payOrder) throws ChannelOutcomeUnknownException;

  /**
   * Asks what became of the trade. The amount in the answer is as the channel has it, not compared.
   */
  TradeResult query(PayOrder payOrder) throws ChannelOutcomeUnknownException;

  /**
   * Closes the trade; where the channel says that it cannot be closed, queries why. Idempotent on
   * out_trade_no.
   */
  CloseResult close(PayOrder payOrder) throws ChannelOutcomeUnknownException;

  /**
   * Gives money back; certain only once the channel said so, in the answer or in a refund query.
   * Idempotent.
   */
  RefundResult refund(RefundOrder refund) throws ChannelOutcomeUnknownException;
}
