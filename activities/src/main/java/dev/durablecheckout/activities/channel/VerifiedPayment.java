package dev.durablecheckout.activities.channel;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.payment.TradeResult;
import org.jspecify.annotations.Nullable;

/**
 * A notify about a payment, or about a refund of it. Its amount is compared by whoever knows the
 * pay order.
 *
 * @param checkoutId the checkout as the channel echoes it; absent if it does not
 * @param trade the payment: PAID though a part has gone back, REFUNDED only if all of it has
 * @param refund what it says of a refund; absent if it is about the payment itself
 */
public record VerifiedPayment(
    String notifyId,
    @Nullable CheckoutId checkoutId,
    TradeResult trade,
    @Nullable NotifiedRefund refund)
    implements VerifiedNotify {
  /** About the payment itself. */
  public VerifiedPayment(String notifyId, @Nullable CheckoutId checkoutId, TradeResult trade) {
    this(notifyId, checkoutId, trade, null);
  }
}
