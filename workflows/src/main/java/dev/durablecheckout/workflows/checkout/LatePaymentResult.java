package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.payment.Settlement;
import org.jspecify.annotations.Nullable;

/**
 * What became of a late notify.
 *
 * @param settlement what the payment did; absent if the channel knows of no payment, or nobody
 *     knows the number
 */
public record LatePaymentResult(@Nullable Settlement settlement) {}
