package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.payment.PayOrderClosing;
import java.util.List;

/**
 * The end of an unpaid checkout. Idempotency key: {@code checkoutId}.
 *
 * @param closed what each pay order's close came to
 */
public record CheckoutClosing(
    CheckoutId checkoutId, CloseReason reason, List<PayOrderClosing> closed) {}
