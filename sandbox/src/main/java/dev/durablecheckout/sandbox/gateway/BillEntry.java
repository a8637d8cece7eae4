package dev.durablecheckout.sandbox.gateway;

import java.time.Instant;

/**
 * One line of a simulated bill, before a channel writes it in its own way.
 *
 * @param tradeNo the channel's number of the payment
 * @param outRefundNo empty for a payment
 * @param refundId the channel's number of the refund; empty for a payment, and at Alipay
 * @param amountFen what was paid or went back
 * @param feeFen charged; below zero, given back
 * @param voucherFen what of the amount the merchant gave away; below zero for refunds
 * @param createdAt when the payment was asked for
 * @param at when it was paid or went back
 * @param refundState the channel's word; empty for a payment, and at Alipay
 * @param appId the application it was paid through
 * @param buyer as the bill shows them
 * @param type how it was paid, in the channel's word
 */
public record BillEntry(
    Kind kind,
    String outTradeNo,
    String tradeNo,
    String outRefundNo,
    String refundId,
    long amountFen,
    long feeFen,
    long voucherFen,
    Instant createdAt,
    Instant at,
    String subject,
    String refundState,
    String appId,
    String buyer,
    String type) {
  /** Which way the money went. */
  public enum Kind {
    PAYMENT,
    REFUND
  }

  /** A rate of 0.6 %, rounded half up to the fen. */
  private static final long PER_MILLE = 6;

  public static long feeFen(long amountFen) {
    return (amountFen * PER_MILLE + 500) / 1000;
  }

  /**
   * The part of a payment's fee that goes back with a refund: in proportion, so that after the last
   * fen all of it has gone back and never more.
   *
   * @param beforeFen what had gone back of the payment before
   */
  public static long feeBackFen(long paidFen, long beforeFen, long refundFen) {
    long fee = feeFen(paidFen);
    return fee * (beforeFen + refundFen) / paidFen - fee * beforeFen / paidFen;
  }

  public boolean isPayment() {
    return kind == Kind.PAYMENT;
  }

  /** The same with another amount, and the fee that goes with it. */
  BillEntry ofAmount(long fen) {
    return of(fen, isPayment() ? feeFen(fen) : -feeFen(fen), voucherFen);
  }

  /** The same, part of it paid with vouchers of the merchant's. */
  BillEntry withVoucher(long fen) {
    return of(amountFen, feeFen, isPayment() ? fen : -fen);
  }

  private BillEntry of(long newAmountFen, long newFeeFen, long newVoucherFen) {
    return new BillEntry(
        kind,
        outTradeNo,
        tradeNo,
        outRefundNo,
        refundId,
        newAmountFen,
        newFeeFen,
        newVoucherFen,
        createdAt,
        at,
        subject,
        refundState,
        appId,
        buyer,
        type);
  }

  /** What of it the merchant's account sees, before the fee. */
  public long receivedFen() {
    return amountFen - Math.abs(voucherFen);
  }
}
