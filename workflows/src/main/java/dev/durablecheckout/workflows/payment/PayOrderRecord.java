package dev.durablecheckout.workflows.payment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pay order as the books have it.
 *
 * @param settlement what its payment did, once money arrived
 * @param tradeNo the channel's number, once money arrived
 * @param paidAt the channel's time of payment
 * @param watched whether it is CLOSED here, and nobody has made sure yet that no money can come;
 *     absent is no
 */
public record PayOrderRecord(
    PayOrder payOrder,
    PayOrderStatus status,
    @Nullable Settlement settlement,
    @Nullable TradeNo tradeNo,
    @Nullable Instant paidAt,
    @Nullable Boolean watched) {
  public PayOrderRecord(
      PayOrder payOrder,
      PayOrderStatus status,
      @Nullable Settlement settlement,
      @Nullable TradeNo tradeNo,
      @Nullable Instant paidAt) {
    this(payOrder, status, settlement, tradeNo, paidAt, null);
  }
}
