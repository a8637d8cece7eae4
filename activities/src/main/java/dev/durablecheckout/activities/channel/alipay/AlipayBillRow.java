package dev.durablecheckout.activities.channel.alipay;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Splitter;
import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import dev.durablecheckout.activities.bill.BillColumns;
import dev.durablecheckout.activities.bill.BillLine;
import dev.durablecheckout.activities.bill.BillLine.Kind;
import dev.durablecheckout.activities.bill.BillLine.Progress;
import dev.durablecheckout.activities.bill.BillReader;
import dev.durablecheckout.activities.bill.BillYuan;
import dev.durablecheckout.activities.bill.DamagedBillException;
import dev.durablecheckout.workflows.money.Money;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the columns of a line mean.
 *
 * <p>订单金额 less 商家实收 is what the merchant gave away by vouchers; what Alipay gave (支付宝优惠) reaches
 * the merchant. Amounts of refunds are below zero. 服务费 is written with a sign whose meaning is not
 * documented, so the sign is left alone: a payment's fee was charged, a refund's given back.
 */
final class AlipayBillRow {
  private static final Splitter VALUES = Splitter.on(',').trimResults();
  private static final Pattern UNIT = Pattern.compile("[（(]元[)）]");
  private static final Pattern TIME =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}");
  private static final String PAYMENT = "交易";
  private static final String REFUND = "退款";

  private final AlipayBillSums sums;
  private final int count;
  private final int name;
  private final int tradeNo;
  private final int outTradeNo;
  private final int type;
  private final int created;
  private final int finished;
  private final int amount;
  private final int received;
  private final int requestNo;
  private final int fee;

  AlipayBillRow(BillColumns columns, AlipayBillSums sums) throws DamagedBillException {
    this.sums = sums;
    count = columns.count();
    name = columns.position("商品名称");
    tradeNo = columns.position("支付宝交易号");
    outTradeNo = columns.position("商户订单号");
    type = columns.position("业务类型");
    created = columns.position("创建时间");
    finished = columns.position("完成时间");
    amount = columns.position("订单金额");
    received = columns.position("商家实收");
    requestNo = columns.position("退款批次号/请求号");
    fee = columns.position("服务费");
  }

  /** The names of a head, without their unit. */
  static List<String> names(String head) {
    return values(UNIT.matcher(head).replaceAll(""));
  }

  /** The values of a line, without the tabs that keep spreadsheets from making numbers of them. */
  static List<String> values(String line) {
    return VALUES.splitToList(line);
  }

  BillLine read(BillReader reader, String line) throws DamagedBillException {
    try {
      return line(reader.lineNo(), fitted(values(line)));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw reader.damaged(String.valueOf(e.getMessage()));
    }
  }

  /**
   * As many values as columns. Nothing is quoted, so a comma in the product's name makes one more,
   * and one in the remark at the end as well: which it was shows in where the first time is.
   */
  private List<String> fitted(List<String> values) {
    int surplus = values.size() - count;
    checkArgument(surplus >= 0, "too few values");
    for (int inName = 0; inName <= surplus; inName++) {
      if (TIME.matcher(values.get(created + inName)).matches()) {
        return inName == 0
            ? values
            : ImmutableList.<String>builder()
                .addAll(values.subList(0, name + 1))
                .addAll(values.subList(name + 1 + inName, values.size()))
                .build();
      }
    }
    throw new IllegalArgumentException("without its times");
  }

  private BillLine line(long lineNo, List<String> values) {
    boolean isPayment = values.get(type).equals(PAYMENT);
    checkArgument(isPayment || values.get(type).equals(REFUND), "a kind that nobody knows");
    checkArgument(!values.get(tradeNo).isEmpty(), "without Alipay's number");
    long feeThousandths = BillYuan.thousandths(values.get(fee));
    sums.add(
        isPayment,
        BillYuan.thousandths(values.get(amount)),
        BillYuan.thousandths(values.get(received)),
        feeThousandths);
    long sign = isPayment ? 1 : -1;
    long fen = sign * BillYuan.fen(values.get(amount));
    long arrived = sign * BillYuan.fen(values.get(received));
    checkArgument(0 <= arrived && arrived <= fen, "an amount with a sign that its kind has not");
    return new BillLine(
        lineNo,
        isPayment ? Kind.PAYMENT : Kind.REFUND,
        values.get(outTradeNo),
        values.get(tradeNo),
        isPayment ? null : Strings.emptyToNull(values.get(requestNo)),
        null,
        Money.ofFen(fen),
        sign * Math.abs(BillYuan.nearestFen(feeThousandths)),
        sign * (fen - arrived),
        AlipayTimes.parse(values.get(finished)),
        values.get(type),
        Progress.DONE);
  }
}
