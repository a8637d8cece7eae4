package dev.durablecheckout.sandbox.gateway.alipay;

/**
 * The money of one payout: to be compared with a merchant's books.
 *
 * @param status SUCCESS, DEALING, FAIL or REFUND
 * @param goneFen what the merchant's account is without, because of it
 */
public record TransferBook(
    String sellerId, String outBizNo, String orderId, String status, long amountFen, long goneFen) {
  static TransferBook of(Transfer transfer) {
    return new TransferBook(
        transfer.order().sellerId(),
        transfer.order().outBizNo(),
        transfer.orderId(),
        transfer.status().name(),
        transfer.order().amountFen(),
        transfer.goneFen());
  }
}
