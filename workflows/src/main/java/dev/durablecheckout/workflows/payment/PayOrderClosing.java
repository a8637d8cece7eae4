package dev.durablecheckout.workflows.payment;

import org.jspecify.annotations.Nullable;

/**
 * The end of one pay order that was not paid. Idempotency key: {@code outTradeNo}.
 *
 * @param outcome what the channel said; absent if it was given up before the channel answered
 */
public record PayOrderClosing(OutTradeNo outTradeNo, CloseResult.@Nullable Outcome outcome) {}
