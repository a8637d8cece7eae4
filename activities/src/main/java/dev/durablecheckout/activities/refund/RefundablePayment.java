package dev.durablecheckout.activities.refund;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import java.util.Map;

/**
 * The payment that settled a checkout, of which money can go back.
 *
 * @param orders the checkout's orders, by their number
 */
public record RefundablePayment(
    CheckoutId checkoutId,
    OutTradeNo outTradeNo,
    Channel channel,
    Money paid,
    Map<String, OrderedItems> orders) {}
