package dev.durablecheckout.sandbox.gateway.wechatpay;

/**
 * The money of one transfer: to be compared with a merchant's books.
 *
 * @param state as WeChat spells it
 * @param goneFen what the merchant's account is without, because of it
 * @param userName as WeChat Pay has opened it; empty if the merchant did not say
 */
public record WechatTransferBook(
    String mchId,
    String outBillNo,
    String billNo,
    String state,
    long amountFen,
    long goneFen,
    String userName) {
  static WechatTransferBook of(TransferBill bill) {
    return new WechatTransferBook(
        bill.request().mchId(),
        bill.request().outBillNo(),
        bill.billNo(),
        bill.state().name(),
        bill.request().amountFen(),
        bill.goneFen(),
        bill.request().userName());
  }
}
