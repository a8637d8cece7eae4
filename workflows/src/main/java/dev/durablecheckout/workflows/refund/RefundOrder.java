package dev.durablecheckout.workflows.refund;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import org.jspecify.annotations.Nullable;

/**
 * One refund of one payment. Idempotency key at the channel and in the books: {@code outRefundNo}.
 *
 * @param amount what goes back
 * @param total what was paid
 * @param request what the merchant said; absent unless the reason is REQUESTED
 */
public record RefundOrder(
    OutRefundNo outRefundNo,
    CheckoutId checkoutId,
    OutTradeNo outTradeNo,
    Channel channel,
    Money amount,
    Money total,
    RefundReason reason,
    @Nullable RefundRequest request) {
  /** A refund that nobody asked for. */
  public RefundOrder(
      OutRefundNo outRefundNo,
      CheckoutId checkoutId,
      OutTradeNo outTradeNo,
      Channel channel,
      Money amount,
      Money total,
      RefundReason reason) {
    this(outRefundNo, checkoutId, outTradeNo, channel, amount, total, reason, null);
  }

  /** Why, in words for the channel and the buyer, in at most 80 characters. */
  public String note() {
    return switch (reason) {
      case LATE -> "paid after the deadline";
      case DUPLICATE -> "paid twice";
      case REQUESTED -> request == null ? "refund" : request.note();
    };
  }
}
