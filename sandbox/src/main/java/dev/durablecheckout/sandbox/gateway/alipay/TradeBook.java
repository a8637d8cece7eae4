package dev.durablecheckout.sandbox.gateway.alipay;

/** What Alipay holds about a trade's money, in fen: the other side of a merchant's books. */
public record TradeBook(
    String appId,
    String outTradeNo,
    long amountFen,
    long paidFen,
    long refundedFen,
    TradeStatus state) {

  static TradeBook of(Trade trade) {
    return new TradeBook(
        trade.order().app().appId(),
        trade.outTradeNo(),
        trade.order().amountFen(),
        trade.paidFen(),
        trade.refundedFen(),
        trade.status());
  }
}
