package dev.durablecheckout.workflows.refund;

import org.jspecify.annotations.Nullable;

/**
 * A refund as its workflow sees it: the first answer to who asked for it.
 *
 * @param requestId that of the request which began it; absent if nobody asked for it
 * @param fingerprint that of the request which began it
 */
public record RefundView(
    OutRefundNo outRefundNo,
    @Nullable String requestId,
    @Nullable String fingerprint,
    RefundStatus status) {}
