package dev.durablecheckout.sandbox.gateway.wechatpay;

/**
 * A transfer as a merchant asks for it; two that are equal are one.
 *
 * @param outBillNo the merchant's number, unique for that merchant
 * @param userName as WeChat Pay has opened it; empty if the merchant does not say
 * @param reportInfos JSON, as the merchant sent it
 */
record TransferRequest(
    String mchId,
    String appId,
    String outBillNo,
    String sceneId,
    String openid,
    String userName,
    long amountFen,
    String remark,
    String notifyUrl,
    String perception,
    String reportInfos) {
  String key() {
    return mchId + "/" + outBillNo;
  }

  /** Prints nobody's name. */
  @Override
  public String toString() {
    return key();
  }
}
