package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.temporal.FailureType;
import org.jspecify.annotations.Nullable;

/**
 * How a checkout ended.
 *
 * @param status absent if the checkout was refused and never opened
 * @param refused why it was refused, if it was
 */
public record CheckoutResult(
    @Nullable CheckoutStatus status,
    @Nullable CloseReason closeReason,
    @Nullable OutTradeNo paidBy,
    @Nullable FailureType refused) {}
