package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import dev.durablecheckout.sandbox.gateway.SimulatedTransfers;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Money that goes out to somebody with WeChat: what they do about it, and what the merchants'
 * accounts hold. A transfer goes by {@code package_info}, or by the merchant's or WeChat's number.
 */
public final class WechatTransfers implements SimulatedTransfers {
  private final ImmutableSet<String> accounts;
  private final TransferRegister register;
  private final WechatNotifier notifier;

  WechatTransfers(Set<String> accounts, TransferRegister register, WechatNotifier notifier) {
    this.accounts = ImmutableSet.copyOf(accounts);
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

  /** The one thing that is decided here: the rest comes by itself. */
  @Override
  public void act(String transfer, Action action, String errorCode) {
    if (action != Action.CONFIRM) {
      throw new IllegalArgumentException(
          "at WeChat Pay a buyer confirms; all else comes by itself");
    }
    confirm(transfer);
  }

  @Override
  public List<WechatTransferBook> books() {
    return register.all().stream().map(WechatTransferBook::of).toList();
  }

  /** What a merchant's account holds; never below zero. */
  public long balanceFen(String mchId) {
    return register.balanceFen(mchId);
  }

  @Override
  public void slow(boolean slow) {
    throw new IllegalArgumentException("at WeChat Pay each payout waits for its buyer");
  }

  @Override
  public Map<String, Long> balances() {
    return Maps.toMap(accounts, this::balanceFen);
  }

  @Override
  public void balanceFen(String mchId, long fen) {
    register.balanceFen(mchId, fen);
  }

  @Override
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
