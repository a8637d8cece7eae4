package dev.durablecheckout.activities.checkout;

import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutPurpose;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.checkout.CloseReason;
import dev.durablecheckout.workflows.money.Money;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row of {@code checkouts}. */
record CheckoutRow(
    CheckoutId id,
    String requestId,
    String fingerprint,
    String subject,
    Money amount,
    String buyerId,
    @Nullable String returnUrl,
    Map<String, String> metadata,
    CheckoutPurpose purpose,
    CheckoutStatus status,
    @Nullable CloseReason closeReason,
    @Nullable Attention attention,
    Instant deadline,
    Instant createdAt) {}
