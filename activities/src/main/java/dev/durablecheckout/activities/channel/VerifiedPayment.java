package dev.durablecheckout.activities.channel;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.payment.TradeResult;
import org.jspecify.annotations.Nullable;

/**
 * A notify about a payment. Its amount is compared by whoever knows the pay order.
 *
 * @param checkoutId the checkout as the channel echoes it; absent if it does not
 */
public record VerifiedPayment(String notifyId, @Nullable CheckoutId checkoutId, TradeResult trade)
    implements VerifiedNotify {}
