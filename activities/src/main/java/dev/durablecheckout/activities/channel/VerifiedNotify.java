package dev.durablecheckout.activities.channel;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.payment.TradeResult;
import org.jspecify.annotations.Nullable;

/**
 * A notify whose signature and account were found right. Its amount is compared by whoever knows
 * the pay order.
 *
 * @param notifyId the channel's id of the message, the same in each resend
 * @param checkoutId the checkout as the channel echoes it; absent if it does not
 */
public record VerifiedNotify(String notifyId, @Nullable CheckoutId checkoutId, TradeResult trade) {}
