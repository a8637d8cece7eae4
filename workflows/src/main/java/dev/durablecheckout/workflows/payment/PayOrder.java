package dev.durablecheckout.workflows.payment;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to collect a checkout's money through one channel (支付单): all that the channel needs
 * to be told.
 *
 * @param attempt counts from 1 within the checkout
 * @param timeExpire when the credential ends at the channel: earlier than the checkout's deadline
 * @param buyerId the merchant's name for the buyer, whose wallet it is
 */
public record PayOrder(
    OutTradeNo outTradeNo,
    CheckoutId checkoutId,
    int attempt,
    Channel channel,
    PayMethod method,
    Money amount,
    String subject,
    Instant timeExpire,
    @Nullable String returnUrl,
    String buyerId,
    @Nullable Payer payer) {
  public PayChoice choice() {
    return new PayChoice(channel, method, payer);
  }

  /** The same, with a payer who is known better. */
  public PayOrder by(@Nullable Payer known) {
    return new PayOrder(
        outTradeNo,
        checkoutId,
        attempt,
        channel,
        method,
        amount,
        subject,
        timeExpire,
        returnUrl,
        buyerId,
        known);
  }

  /**
   * Whether what the channel says is about this pay order and this amount: the one comparison for
   * notifies, queries and closes. (The account, app_id and seller_id, is compared where the message
   * is verified.)
   */
  public boolean agreesWith(TradeResult trade) {
    return outTradeNo.equals(trade.outTradeNo()) && amount.equals(trade.amount());
  }
}
