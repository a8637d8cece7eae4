package dev.durablecheckout.workflows.payment;

/** The end of one pay order that was not paid. Idempotency key: {@code outTradeNo}. */
public record PayOrderClosing(OutTradeNo outTradeNo, CloseResult.Outcome outcome) {}
