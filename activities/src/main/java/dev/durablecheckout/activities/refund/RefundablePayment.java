package dev.durablecheckout.activities.refund;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.Voucher;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The payment that settled a checkout, of which money can go back.
 *
 * @param voucher what paid a part of the orders' price, if anything did
 * @param orders the checkout's orders, by their number
 */
public record RefundablePayment(
    CheckoutId checkoutId,
    OutTradeNo outTradeNo,
    Channel channel,
    Money paid,
    @Nullable Voucher voucher,
    Map<String, OrderedItems> orders) {}
