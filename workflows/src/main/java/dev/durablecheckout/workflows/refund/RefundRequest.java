package dev.durablecheckout.workflows.refund;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a merchant says of a refund that it asks for.
 *
 * @param refundNo its own number; idempotency key, with the merchant
 * @param requestId tells the request that began the refund from its repeats
 * @param fingerprint digest of everything that a repeat must not change
 * @param note why, in its own words; the channel may show it to the buyer
 * @param orderNo the order of the checkout that it is for; absent for the checkout as a whole
 * @param items what is given back of that order; empty if nothing is
 * @param returnStock whether the items can be sold again once the money has gone back
 * @param returnVoucher whether the checkout's voucher can be used again once the money has gone
 *     back
 */
public record RefundRequest(
    RefundNo refundNo,
    String requestId,
    String fingerprint,
    String note,
    @Nullable String orderNo,
    List<RefundItem> items,
    boolean returnStock,
    boolean returnVoucher) {}
