package dev.durablecheckout.workflows.payment;

import org.jspecify.annotations.Nullable;

/**
 * The end of one pay order that was not paid. Idempotency key: {@code outTradeNo}.
 *
 * @param outcome what the channel said; absent if it was given up before the channel answered
 * @param dead whether no money can come any more, so that nobody has to look again; absent is no
 */
public record PayOrderClosing(
    OutTradeNo outTradeNo, CloseResult.@Nullable Outcome outcome, @Nullable Boolean dead) {
  public PayOrderClosing(OutTradeNo outTradeNo, CloseResult.@Nullable Outcome outcome) {
    this(outTradeNo, outcome, null);
  }
}
