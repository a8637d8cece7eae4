package dev.durablecheckout.activities.bill;

import static com.google.common.base.Preconditions.checkArgument;

import dev.durablecheckout.workflows.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a bill: a payment, or a refund. {@code outTradeNo} need not be a number of ours: an
 * account may have been paid past the checkout, and that is what reconciliation is to find.
 *
 * @param lineNo of the line in the file, from 1, the file's head counted: to find it again
 * @param outTradeNo the merchant's number of the payment, in refunds too; empty if it had none
 * @param tradeNo the channel's number of the payment, in refunds too
 * @param outRefundNo the merchant's number of the refund; absent in payments, and in refunds that
 *     the channel began by itself
 * @param refundTradeNo the channel's number of the refund, where it has one (WeChat Pay)
 * @param amount of the order, or what was asked to go back: before vouchers and fees, never below
 *     zero; the kind says which way it went
 * @param feeFen what the channel charged for it; below zero, what it gave back
 * @param voucherFen the part of the amount that the merchant gave away by vouchers and that
 *     therefore never reached the account; below zero in refunds
 * @param at when it was paid, or the refund was made
 * @param state the channel's own word for it, as in SUCCESS, REFUND, REVOKED, PROCESSING
 * @param progress whether it moved money
 */
public record BillLine(
    long lineNo,
    Kind kind,
    String outTradeNo,
    String tradeNo,
    @Nullable String outRefundNo,
    @Nullable String refundTradeNo,
    Money amount,
    long feeFen,
    long voucherFen,
    Instant at,
    String state,
    Progress progress) {
  /** Which way the money goes. */
  public enum Kind {
    PAYMENT,
    REFUND
  }

  /** How far it has come. A payment in a bill is always DONE. */
  public enum Progress {
    DONE,
    /** A refund that has not reached the buyer yet; a later bill does not show it again. */
    UNDER_WAY,
    /** A refund that the buyer's bank did not take, or that was given up. */
    FAILED
  }

  public BillLine {
    checkArgument(kind == Kind.REFUND || outRefundNo == null, "a payment with a refund number");
    checkArgument(
        kind == Kind.REFUND || progress == Progress.DONE, "a payment that is not %s", progress);
  }

  /** What it brings the account, in fen; below zero for a refund, even one that is not done. */
  public long netFen() {
    long signed = kind == Kind.PAYMENT ? amount.amountFen() : -amount.amountFen();
    return signed - voucherFen - feeFen;
  }
}
