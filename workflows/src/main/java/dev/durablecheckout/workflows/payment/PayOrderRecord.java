package dev.durablecheckout.workflows.payment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pay order as the books have it.
 *
 * @param settlement what its payment did, once money arrived
 * @param tradeNo the channel's number, once money arrived
 * @param paidAt the channel's time of payment
 */
public record PayOrderRecord(
    PayOrder payOrder,
    PayOrderStatus status,
    @Nullable Settlement settlement,
    @Nullable TradeNo tradeNo,
    @Nullable Instant paidAt) {}
