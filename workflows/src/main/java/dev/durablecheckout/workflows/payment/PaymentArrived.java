package dev.durablecheckout.workflows.payment;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import org.jspecify.annotations.Nullable;

/**
 * The fact that a pay order's money is at the channel. Idempotency key: the trade's {@code
 * out_trade_no}.
 */
public record PaymentArrived(
    CheckoutId checkoutId, TradeResult trade, PaySource source, @Nullable Long notifyLogId) {}
