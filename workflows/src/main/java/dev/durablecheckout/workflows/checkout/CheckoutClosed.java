package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.event.OrderEvent;
import org.jspecify.annotations.Nullable;

/**
 * What the books say after a close.
 *
 * @param status CLOSED, or PAID if a payment was recorded first
 * @param event what the order system must be told; for PAID, as long as it has not acknowledged it
 */
public record CheckoutClosed(CheckoutStatus status, @Nullable OrderEvent event) {}
