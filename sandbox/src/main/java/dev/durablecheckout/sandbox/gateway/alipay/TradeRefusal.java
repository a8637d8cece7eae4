package dev.durablecheckout.sandbox.gateway.alipay;

/** Why Alipay refuses to do something with a trade, with its code and its words. */
public enum TradeRefusal {
  TRADE_NOT_EXIST("交易不存在"),
  TRADE_STATUS_ERROR("交易状态不合法"),
  TRADE_HAS_CLOSE("交易已经关闭"),
  TRADE_HAS_SUCCESS("交易已被支付"),
  PAYMENT_AUTH_CODE_INVALID("支付授权码无效"),
  BUYER_BALANCE_NOT_ENOUGH("买家余额不足"),
  TRADE_HAS_FINISHED("交易已完结"),
  CONTEXT_INCONSISTENT("订单信息不一致"),
  NOW_TIME_AFTER_EXPIRE_TIME_ERROR("当前时间已超过允许支付的时间"),
  INVALID_PARAMETER("参数无效"),
  SELLER_NOT_EXIST("卖家不存在"),
  SELLER_BALANCE_NOT_ENOUGH("卖家余额不足"),
  SYSTEM_ERROR("系统繁忙"),
  REASON_TRADE_REFUND_FEE_ERR("退款金额无效"),
  REFUND_AMT_NOT_EQUAL_TOTAL("退款金额与订单金额不一致"),
  DISCORDANT_REPEAT_REQUEST("请求信息不一致");

  private final String text;

  TradeRefusal(String text) {
    this.text = text;
  }

  String subCode() {
    return "ACQ." + name();
  }

  String text() {
    return text;
  }
}
