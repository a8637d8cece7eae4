package dev.durablecheckout.sandbox.gateway.alipay;

/** Why Alipay does not make a payout, with its code, which has no {@code ACQ.}, and its words. */
enum TransferRefusal {
  INVALID_PARAMETER("参数有误"),
  ORDER_NOT_EXIST("转账订单不存在"),
  PAYMENT_INFO_INCONSISTENCY("两次请求商户单号一样，但是参数不一致"),
  EXCEED_LIMIT_SM_AMOUNT("单笔额度超限"),
  EXCEED_LIMIT_SM_MIN_AMOUNT("转账金额不能低于最小金额"),
  EXCEED_LIMIT_DM_AMOUNT("日累计额度超限"),
  PAYER_BALANCE_NOT_ENOUGH("付款方余额不足"),
  PAYEE_NOT_EXIST("收款账号不存在"),
  PAYEE_USER_INFO_ERROR("支付宝账号和姓名不匹配，请确认姓名是否正确");

  private final String text;

  TransferRefusal(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
