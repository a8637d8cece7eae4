package dev.durablecheckout.workflows.refund;

import dev.durablecheckout.workflows.event.OrderEvent;
import org.jspecify.annotations.Nullable;

/**
 * What the books say of a refund.
 *
 * @param event what the order system must be told, for SUCCEEDED and ABANDONED
 */
public record RefundRecorded(RefundStatus status, @Nullable OrderEvent event) {}
