package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.PaymentView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A checkout as its workflow sees it: the answer to updates and queries.
 *
 * @param requestId that of the request which opened it
 * @param fingerprint that of the request which opened it
 */
public record CheckoutView(
    CheckoutId checkoutId,
    String requestId,
    String fingerprint,
    CheckoutStatus status,
    @Nullable CloseReason closeReason,
    Money amount,
    Instant deadline,
    @Nullable Attention attention,
    @Nullable PaymentView payment) {}
