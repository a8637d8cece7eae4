package dev.durablecheckout.workflows.payment;

import dev.durablecheckout.workflows.event.OrderEvent;
import org.jspecify.annotations.Nullable;

/**
 * What the books made of a payment.
 *
 * @param event what the order system must be told, for SETTLED
 */
public record PaymentRecorded(Settlement settlement, @Nullable OrderEvent event) {}
