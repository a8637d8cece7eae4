package dev.durablecheckout.activities.ledger;

import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.refund.OutRefundNo;

/**
 * What happened, once for all: a posting of a merchant is unique by it. Made of business numbers
 * only, so that whoever repeats a step finds the first.
 */
public record BusinessKey(String value) {
  public static BusinessKey walletPayment(OutTradeNo outTradeNo) {
    return new BusinessKey("wallet-payment:" + outTradeNo);
  }

  /** What a channel has collected. */
  public static BusinessKey payment(OutTradeNo outTradeNo) {
    return new BusinessKey("payment:" + outTradeNo);
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

  @Override
  public String toString() {
    return value;
  }
}
