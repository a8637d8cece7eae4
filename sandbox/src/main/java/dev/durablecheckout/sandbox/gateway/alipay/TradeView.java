package dev.durablecheckout.sandbox.gateway.alipay;

import dev.durablecheckout.sandbox.gateway.NotifyRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trade as {@code /control/trades} shows it.
 *
 * @param payableUntil when the code or link ends; an existing trade can be paid until {@code
 *     timeExpire}
 * @param notifies what the merchant was told about it
 */
public record TradeView(
    String appId,
    String outTradeNo,
    @Nullable String tradeNo,
    String code,
    TradeStatus state,
    String subject,
    long amountFen,
    long paidFen,
    long refundedFen,
    Instant payableUntil,
    Instant timeExpire,
    @Nullable Instant createdAt,
    @Nullable Instant paidAt,
    @Nullable Instant closedAt,
    @Nullable Instant leftAt,
    List<NotifyRecord> notifies) {

  static TradeView of(Trade trade, List<NotifyRecord> notifies) {
    return new TradeView(
        trade.order().app().appId(),
        trade.outTradeNo(),
        trade.tradeNo(),
        trade.code(),
        trade.status(),
        trade.order().subject(),
        trade.order().amountFen(),
        trade.paidFen(),
        trade.refundedFen(),
        trade.order().offerEnds(),
        trade.order().timeExpire(),
        trade.createdAt(),
        trade.paidAt(),
        trade.closedAt(),
        trade.leftAt(),
        notifies);
  }
}
