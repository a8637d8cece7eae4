package dev.durablecheckout.workflows.event;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.merchant.MerchantId;
import org.jspecify.annotations.Nullable;

/**
 * One message to the merchant's order system.
 *
 * @param eventId stable: the same event has the same id in every delivery (Standard Webhooks {@code
 *     webhook-id})
 * @param checkoutId what it is about; absent for a service order or a withdrawal
 * @param body the exact JSON that is signed and sent
 */
public record OrderEvent(
    String eventId,
    EventType type,
    MerchantId merchant,
    @Nullable CheckoutId checkoutId,
    String body) {}
