package dev.durablecheckout.activities.bill;

import dev.durablecheckout.workflows.money.Money;

/**
 * The sums over a bill's lines, compared with those that the channel wrote under them.
 *
 * @param payments lines that are payments
 * @param paid their amounts
 * @param refunds lines that are refunds, whatever became of them
 * @param refunded their amounts
 * @param feeFen fees charged less fees given back
 * @param voucherFen what the merchant's vouchers paid less what of it went back
 */
public record BillTotals(
    long payments, Money paid, long refunds, Money refunded, long feeFen, long voucherFen) {
  public static final BillTotals NONE = new BillTotals(0, Money.ZERO, 0, Money.ZERO, 0, 0);

  /** With one more line. */
  public BillTotals plus(BillLine line) {
    boolean payment = line.kind() == BillLine.Kind.PAYMENT;
    return new BillTotals(
        payment ? payments + 1 : payments,
        payment ? paid.plus(line.amount()) : paid,
        payment ? refunds : refunds + 1,
        payment ? refunded : refunded.plus(line.amount()),
        Math.addExact(feeFen, line.feeFen()),
        Math.addExact(voucherFen, line.voucherFen()));
  }

  public long lines() {
    return payments + refunds;
  }
}
