package dev.durablecheckout.activities.channel.alipay;

import dev.durablecheckout.activities.bill.BillColumns;
import dev.durablecheckout.activities.bill.BillYuan;
import dev.durablecheckout.activities.bill.DamagedBillException;
import java.util.ArrayList;
import java.util.List;

/**
 * The sums over a bill's lines, with the signs that Alipay gives them, and those that it states: in
 * comments under the list, by kind; in the summary, over all.
 *
 * <p>Nobody has written down whether the summary's amounts are of payments alone or less refunds:
 * either is taken.
 */
final class AlipayBillSums {
  /** What is compared, and how it is to be said. */
  private record Stated(String name, long thousandths, Sum either, Sum or) {}

  /** One sum over lines, in thousandths of a fen, or a number of lines. */
  private static final class Sum {
    private long value;

    void add(long more) {
      value = Math.addExact(value, more);
    }
  }

  private final Sum payments = new Sum();
  private final Sum refunds = new Sum();
  private final Sum paidAmount = new Sum();
  private final Sum paidReceived = new Sum();
  private final Sum paidFee = new Sum();
  private final Sum refundedReceived = new Sum();
  private final Sum netAmount = new Sum();
  private final Sum netReceived = new Sum();
  private final Sum netFee = new Sum();
  private final List<Stated> stated = new ArrayList<>();
  private boolean statesPayments;
  private boolean statesRefunds;

  /** Adds a line: 订单金额, 商家实收 and 服务费 as they are written. */
  void add(boolean isPayment, long amount, long received, long fee) {
    netAmount.add(amount);
    netReceived.add(received);
    netFee.add(fee);
    if (isPayment) {
      payments.add(1);
      paidAmount.add(amount);
      paidReceived.add(received);
      paidFee.add(fee);
    } else {
      refunds.add(1);
      refundedReceived.add(received);
    }
  }

  void statePaid(String count, String received) throws DamagedBillException {
    statesPayments = true;
    state("交易合计", count(count), payments, payments);
    state("交易合计 商家实收", yuan(received), paidReceived, paidReceived);
  }

  void stateRefunded(String count, String received) throws DamagedBillException {
    statesRefunds = true;
    state("退款合计", count(count), refunds, refunds);
    state("退款合计 商家实收", yuan(received), refundedReceived, refundedReceived);
  }

  void stateSummary(BillColumns columns, List<String> values) throws DamagedBillException {
    statesPayments = true;
    statesRefunds = true;
    state("汇总 交易笔数", count(values.get(columns.position("交易订单总笔数"))), payments, payments);
    state("汇总 退款笔数", count(values.get(columns.position("退款订单总笔数"))), refunds, refunds);
    state("汇总 订单金额", yuan(values.get(columns.position("订单金额"))), paidAmount, netAmount);
    state("汇总 商家实收", yuan(values.get(columns.position("商家实收"))), paidReceived, netReceived);
    state("汇总 服务费", yuan(values.get(columns.position("服务费"))), paidFee, netFee);
  }

  private void state(String name, long value, Sum either, Sum or) {
    stated.add(new Stated(name, value, either, or));
  }

  private static long count(String text) throws DamagedBillException {
    try {
      return BillYuan.fen(text) / BillYuan.fen("1");
    } catch (IllegalArgumentException e) {
      throw new DamagedBillException("a number of lines that cannot be read", e);
    }
  }

  private static long yuan(String text) throws DamagedBillException {
    try {
      return BillYuan.thousandths(text);
    } catch (IllegalArgumentException e) {
      throw new DamagedBillException("a total that cannot be read", e);
    }
  }

  /**
   * Compares all that was stated, which must say at least how many lines of each kind there are.
   *
   * @throws DamagedBillException naming the total that differs
   */
  void check() throws DamagedBillException {
    if (!statesPayments || !statesRefunds) {
      throw new DamagedBillException("it has no totals");
    }
    for (Stated each : stated) {
      if (each.thousandths != each.either.value && each.thousandths != each.or.value) {
        throw new DamagedBillException(each.name + " is not the sum of the lines");
      }
    }
  }
}
