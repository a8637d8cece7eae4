package dev.durablecheckout.sandbox.gateway.wechatpay;

import dev.durablecheckout.sandbox.gateway.NotifyRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A payment as {@code /control/trades} shows it.
 *
 * @param code what its present credential ends in
 * @param payableUntil when that, or the time to pay, ends
 * @param notifies what the merchant was told about it
 */
public record WechatView(
    String mchId,
    String appId,
    String outTradeNo,
    @Nullable String transactionId,
    TradeType tradeType,
    String code,
    String state,
    String description,
    long amountFen,
    long paidFen,
    long refundedFen,
    Instant payableUntil,
    @Nullable Instant paidAt,
    @Nullable Instant closedAt,
    List<NotifyRecord> notifies) {

  static WechatView of(WechatPayment payment, List<NotifyRecord> notifies) {
    WechatOrder order = payment.order();
    WechatPayment.@Nullable Receipt receipt = payment.receipt();
    return new WechatView(
        order.mchId(),
        order.appId(),
        order.outTradeNo(),
        receipt == null ? null : receipt.transactionId(),
        order.tradeType(),
        payment.code(),
        payment.tradeState(),
        order.description(),
        order.amountFen(),
        payment.paidFen(),
        payment.refundedFen(),
        payment.payableUntil(),
        receipt == null ? null : receipt.paidAt(),
        payment.closedAt(),
        notifies);
  }
}
