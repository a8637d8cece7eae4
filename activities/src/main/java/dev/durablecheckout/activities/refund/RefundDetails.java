package dev.durablecheckout.activities.refund;

import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refund as callers of the API see it.
 *
 * @param refundedAt when the money went back
 * @param refusal why the channel did not send it back, last
 */
public record RefundDetails(
    RefundOrder refund,
    RefundStatus status,
    @Nullable Instant refundedAt,
    @Nullable Refusal refusal) {}
