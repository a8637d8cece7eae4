package dev.durablecheckout.activities.ledger;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import java.time.LocalDate;

/**
 * What happened, once for all: a posting of a merchant is unique by it. Made of business numbers
 * only, so that whoever repeats a step finds the first.
 */
public record BusinessKey(String value) {
  public static BusinessKey walletPayment(OutTradeNo outTradeNo) {
    return new BusinessKey("wallet-payment:" + outTradeNo);
  }

  /** Of a payment that a channel collected, whether it settled its checkout or not. */
  public static BusinessKey payment(OutTradeNo outTradeNo) {
    return new BusinessKey("payment:" + outTradeNo);
  }

  /** Of what a channel collected for a service order. */
  public static BusinessKey serviceOrder(ServiceOrderId id) {
    return new BusinessKey("service-order:" + id.outOrderNo());
  }

  public static BusinessKey refund(OutRefundNo outRefundNo) {
    return new BusinessKey("refund:" + outRefundNo);
  }

  /**
   * @param reference of whoever put the money in
   */
  public static BusinessKey topUp(String reference) {
    return new BusinessKey("top-up:" + reference);
  }

  /**
   * @param billDate a day in Asia/Shanghai, as channels count their days
   */
  public static BusinessKey fee(Channel channel, LocalDate billDate) {
    return new BusinessKey("fee:" + channel + ":" + billDate);
  }

  /**
   * @param billDate a day in Asia/Shanghai, as channels count their days
   */
  public static BusinessKey voucher(Channel channel, LocalDate billDate) {
    return new BusinessKey("voucher:" + channel + ":" + billDate);
  }

  /** The voucher of a checkout, which has one at most, paid its part. */
  public static BusinessKey voucherRedeemed(CheckoutId checkout) {
    return new BusinessKey("voucher-redeemed:" + checkout);
  }

  /** The voucher of a checkout is the buyer's again. */
  public static BusinessKey voucherReturned(CheckoutId checkout) {
    return new BusinessKey("voucher-returned:" + checkout);
  }

  /**
   * @param withdrawalNo our number of the payout, the same for each of its four keys
   */
  public static BusinessKey withdrawalHold(String withdrawalNo) {
    return new BusinessKey("withdrawal-hold:" + withdrawalNo);
  }

  /** The payout succeeded. */
  public static BusinessKey withdrawal(String withdrawalNo) {
    return new BusinessKey("withdrawal:" + withdrawalNo);
  }

  /** The payout failed. */
  public static BusinessKey withdrawalRelease(String withdrawalNo) {
    return new BusinessKey("withdrawal-release:" + withdrawalNo);
  }

  /** The payout succeeded and came back. */
  public static BusinessKey withdrawalReturned(String withdrawalNo) {
    return new BusinessKey("withdrawal-returned:" + withdrawalNo);
  }

  @Override
  public String toString() {
    return value;
  }
}
