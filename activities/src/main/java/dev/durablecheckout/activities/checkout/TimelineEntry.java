package dev.durablecheckout.activities.checkout;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a checkout.
 *
 * @param kind for machines: OPENED, PAY_ORDER_CREATED, PAY_ORDER_REFUSED, PAY_ORDER_CLOSED, NOTIFY,
 *     QUERY, PAID, PAYMENT_LATE, PAYMENT_DUPLICATE, CLOSED, REFUND_BEGUN, REFUND_SUCCEEDED,
 *     REFUND_REFUSED, REFUND_ABANDONED, EVENT_DELIVERED, ATTENTION
 * @param detail for people, one line
 * @param data facts behind it: states, verdicts, codes
 */
public record TimelineEntry(
    Instant at,
    String kind,
    @Nullable String outTradeNo,
    String detail,
    Map<String, Object> data) {}
