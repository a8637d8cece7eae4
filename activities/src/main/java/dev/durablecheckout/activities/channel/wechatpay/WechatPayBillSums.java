package dev.durablecheckout.activities.channel.wechatpay;

import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.bill.BillColumns;
import dev.durablecheckout.activities.bill.BillYuan;
import dev.durablecheckout.activities.bill.DamagedBillException;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The sums over a bill's lines as WeChat Pay writes them under it, exact, all lines counted
 * whatever became of them.
 */
final class WechatPayBillSums {
  /** The name of each column that is summed, and of its sum. */
  private static final ImmutableMap<String, String> SUMS =
      ImmutableMap.of(
          "应结订单金额", "应结订单总金额",
          "退款金额", "退款总金额",
          "充值券退款金额", "充值券退款总金额",
          "手续费", "手续费总金额",
          "订单金额", "订单总金额",
          "申请退款金额", "申请退款总金额");

  private static final long ONE = BillYuan.thousandths("1");

  private final int[] positions;
  private final long[] thousandths;

  WechatPayBillSums(BillColumns columns) throws DamagedBillException {
    positions = new int[SUMS.size()];
    thousandths = new long[SUMS.size()];
    int i = 0;
    for (String column : SUMS.keySet()) {
      positions[i++] = columns.position(column);
    }
  }

  /**
   * Adds a line.
   *
   * @param values of a line, by position
   */
  void add(IntFunction<String> values) {
    for (int i = 0; i < positions.length; i++) {
      thousandths[i] =
          Math.addExact(thousandths[i], BillYuan.thousandths(values.apply(positions[i])));
    }
  }

  /**
   * Compares.
   *
   * @throws DamagedBillException naming the total that differs
   */
  void checkAgainst(BillColumns columns, List<String> values, long lines)
      throws DamagedBillException {
    if (values.size() != columns.count()) {
      throw new DamagedBillException("the totals do not fit their head");
    }
    // A count, which comes with decimals, as in 45.0, is read as if it were an amount.
    check("总交易单数", values.get(columns.position("总交易单数")), Math.multiplyExact(lines, ONE));
    int i = 0;
    for (Map.Entry<String, String> sum : SUMS.entrySet()) {
      check(sum.getValue(), values.get(columns.position(sum.getValue())), thousandths[i++]);
    }
  }

  private static void check(String name, String stated, long summed) throws DamagedBillException {
    long total;
    try {
      total = BillYuan.thousandths(stated);
    } catch (IllegalArgumentException e) {
      throw new DamagedBillException(name + " cannot be read", e);
    }
    if (total != summed) {
      throw new DamagedBillException(name + " is not the sum of the lines");
    }
  }
}
