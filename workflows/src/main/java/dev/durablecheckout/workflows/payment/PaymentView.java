package dev.durablecheckout.workflows.payment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The latest attempt to pay, as callers see it. */
public record PaymentView(
    OutTradeNo outTradeNo,
    Channel channel,
    PayMethod method,
    PayOrderStatus status,
    Instant timeExpire,
    @Nullable PayCredential credential,
    @Nullable Refusal refusal) {}
