package dev.durablecheckout.sandbox.gateway.alipay;

/**
 * A payout as a merchant asks for it; two that are equal are one.
 *
 * @param sellerId the account that pays
 * @param outBizNo the merchant's number, unique for that account
 * @param name of the payee; empty if the merchant does not say
 */
record TransferOrder(
    String appId,
    String sellerId,
    String outBizNo,
    long amountFen,
    String identityType,
    String identity,
    String name,
    String title,
    String remark,
    String productCode,
    String bizScene) {
  String key() {
    return sellerId + "/" + outBizNo;
  }

  /** Prints nobody's name. */
  @Override
  public String toString() {
    return key();
  }
}
