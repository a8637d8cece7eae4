package dev.durablecheckout.sandbox.gateway.wechatpay;

import java.util.List;

/**
 * Money that goes out to somebody with WeChat: what they do about it, and what the merchants'
 * accounts hold. A transfer goes by {@code package_info}, or by the merchant's or WeChat's number.
 */
public final class WechatTransfers {
  private final TransferRegister register;
  private final WechatNotifier notifier;

  WechatTransfers(TransferRegister register, WechatNotifier notifier) {
    this.register = register;
    this.notifier = notifier;
  }

  /**
   * Confirms what an application hands to {@code wx.requestMerchantTransfer}: the money is on its
   * way, and the merchant is notified when it has arrived.
   *
   * @throws WechatRefusedException if there is nothing to confirm any more
   */
  public void confirm(String transfer) {
    register.confirm(transfer);
  }

  /** The money of each transfer: to be compared with a merchant's books. */
  public List<WechatTransferBook> books() {
    return register.all().stream().map(WechatTransferBook::of).toList();
  }

  /** What a merchant's account holds; never below zero. */
  public long balanceFen(String mchId) {
    return register.balanceFen(mchId);
  }

  public void balanceFen(String mchId, long fen) {
    register.balanceFen(mchId, fen);
  }

  /** How much a merchant may pay out in a day. */
  public void dayLimitFen(long fen) {
    register.dayLimitFen(fen);
  }

  /** What the buyer is really called: a transfer under another name fails. */
  public void realName(String name) {
    register.realName(name);
  }

  void tellWhatHasEnded() {
    register
        .newlyEnded()
        .forEach(
            bill ->
                notifier.send(
                    new WechatNotifier.Event(
                        bill.request().mchId(),
                        bill.request().outBillNo(),
                        "MCHTRANSFER.BILL.FINISHED",
                        "mch_payment",
                        bill.request().notifyUrl(),
                        TransferService.bill(bill))));
  }
}
