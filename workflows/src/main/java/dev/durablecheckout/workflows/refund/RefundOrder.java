package dev.durablecheckout.workflows.refund;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;

/**
 * One refund of one payment. Idempotency key at the channel and in the books: {@code outRefundNo}.
 *
 * @param amount what goes back
 * @param total what was paid
 */
public record RefundOrder(
    OutRefundNo outRefundNo,
    CheckoutId checkoutId,
    OutTradeNo outTradeNo,
    Channel channel,
    Money amount,
    Money total,
    RefundReason reason) {}
