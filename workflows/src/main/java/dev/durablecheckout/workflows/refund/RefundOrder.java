package dev.durablecheckout.workflows.refund;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayOrder;
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

  /** All of a payment that settled nothing; the number follows from the pay order. */
  public static RefundOrder automatic(PayOrder stray, RefundReason reason) {
    return new RefundOrder(
        OutRefundNo.automatic(stray.outTradeNo()),
        stray.checkoutId(),
        stray.outTradeNo(),
        stray.channel(),
        stray.amount(),
        stray.amount(),
        reason);
  }

  /** What Temporal's list of workflows shows of it. */
  public String summary() {
    return "refund " + amount + " of " + checkoutId + ", " + reason;
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
