package dev.durablecheckout.activities.notify;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import org.jspecify.annotations.Nullable;

/**
 * A verified notify in the log.
 *
 * @param checkoutId whose pay order it is about; absent if the books do not know the number
 * @param payOrderStatus of that pay order
 * @param repeated whether the same message was in the log before
 * @param refundKnown whether it is about a refund of ours
 */
public record LoggedNotify(
    long id,
    @Nullable CheckoutId checkoutId,
    @Nullable PayOrderStatus payOrderStatus,
    boolean repeated,
    boolean refundKnown) {}
