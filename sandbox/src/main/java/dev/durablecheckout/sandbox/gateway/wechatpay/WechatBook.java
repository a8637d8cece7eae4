package dev.durablecheckout.sandbox.gateway.wechatpay;

/**
 * What WeChat Pay holds about a payment's money, in fen: the other side of a merchant's books.
 *
 * @param refundedFen what has gone back, or is on its way; not what a bank did not take
 * @param state as a query says it
 */
public record WechatBook(
    String mchId,
    String outTradeNo,
    TradeType tradeType,
    long amountFen,
    long paidFen,
    long refundedFen,
    String state) {

  static WechatBook of(WechatPayment payment) {
    return new WechatBook(
        payment.order().mchId(),
        payment.outTradeNo(),
        payment.order().tradeType(),
        payment.order().amountFen(),
        payment.paidFen(),
        payment.refundedFen(),
        payment.tradeState());
  }
}
