package dev.durablecheckout.workflows.payment;

import static com.google.common.base.Preconditions.checkArgument;

import org.jspecify.annotations.Nullable;

/**
 * A channel's definite answer to a new pay order: a credential, or a refusal, or, where nothing is
 * left for the buyer to do, the payment itself.
 */
public record PrepayResult(
    @Nullable PayCredential credential, @Nullable Refusal refusal, @Nullable TradeResult trade) {
  public static PrepayResult ready(PayCredential credential) {
    return new PrepayResult(credential, null, null);
  }

  public static PrepayResult refused(Refusal refusal) {
    return new PrepayResult(null, refusal, null);
  }

  /** Paid at once. */
  public static PrepayResult paid(TradeResult trade) {
    checkArgument(trade.state() == TradeState.PAID, "%s is not paid", trade.outTradeNo());
    return new PrepayResult(null, null, trade);
  }
}
