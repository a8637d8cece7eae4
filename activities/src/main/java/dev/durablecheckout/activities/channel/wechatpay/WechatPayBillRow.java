package dev.durablecheckout.activities.channel.wechatpay;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.activities.bill.BillColumns;
import dev.durablecheckout.activities.bill.BillLine;
import dev.durablecheckout.activities.bill.BillLine.Kind;
import dev.durablecheckout.activities.bill.BillLine.Progress;
import dev.durablecheckout.activities.bill.BillReader;
import dev.durablecheckout.activities.bill.BillYuan;
import dev.durablecheckout.activities.bill.DamagedBillException;
import dev.durablecheckout.workflows.money.Money;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a line mean.
 *
 * <p>订单金额 is what was to be paid and 应结订单金额 what of it reaches the merchant: the difference is
 * vouchers that the merchant gave without paying them in first (免充值券). 申请退款金额 and 退款金额 are the same
 * of a refund. 代金券金额 counts vouchers that somebody paid for, which make no difference to the
 * merchant. A payment has {@code 0} for the numbers of a refund. REVOKED is the refund of a payment
 * at a till that was revoked.
 */
final class WechatPayBillRow {
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final ImmutableSet<String> REFUNDS = ImmutableSet.of("REFUND", "REVOKED");

  private final String mchId;
  private final WechatPayBillSums sums;
  private final int count;
  private final int lastText;
  private final int time;
  private final int merchant;
  private final int transactionId;
  private final int outTradeNo;
  private final int state;
  private final int currency;
  private final int settled;
  private final int refundId;
  private final int outRefundNo;
  private final int refunded;
  private final int refundState;
  private final int fee;
  private final int amount;
  private final int refundAmount;

  WechatPayBillRow(String mchId, BillColumns columns) throws DamagedBillException {
    this.mchId = mchId;
    sums = new WechatPayBillSums(columns);
    count = columns.count();
    lastText = Math.max(columns.position("商品名称"), columns.position("商户数据包"));
    time = columns.position("交易时间");
    merchant = columns.position("商户号");
    transactionId = columns.position("微信订单号");
    outTradeNo = columns.position("商户订单号");
    state = columns.position("交易状态");
    currency = columns.position("货币种类");
    settled = columns.position("应结订单金额");
    refundId = columns.position("微信退款单号");
    outRefundNo = columns.position("商户退款单号");
    refunded = columns.position("退款金额");
    refundState = columns.position("退款状态");
    fee = columns.position("手续费");
    amount = columns.position("订单金额");
    refundAmount = columns.position("申请退款金额");
  }

  /** Over the lines that were read. */
  WechatPayBillSums sums() {
    return sums;
  }

  BillLine read(BillReader reader, List<String> values) throws DamagedBillException {
    int surplus = values.size() - count;
    if (surplus < 0) {
      throw reader.damaged("too few values");
    }
    try {
      return line(reader.lineNo(), new Row(values, surplus));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw reader.damaged(String.valueOf(e.getMessage()));
    }
  }

  private final class Row {
    private final List<String> values;
    private final int surplus;

    Row(List<String> values, int surplus) {
      this.values = values;
      this.surplus = surplus;
    }

    String text(int column) {
      return values.get(column > lastText ? column + surplus : column);
    }

    long fen(int column) {
      return BillYuan.fen(text(column));
    }

    /** A number; WeChat writes 0 where there is none. */
    @Nullable String number(int column) {
      String text = text(column);
      return text.isEmpty() || text.equals("0") ? null : text;
    }
  }

  private BillLine line(long lineNo, Row row) {
    checkArgument(row.text(merchant).equals(mchId), "of another merchant");
    checkArgument(row.text(currency).equals("CNY"), "in another currency");
    boolean isRefund = REFUNDS.contains(row.text(state));
    checkArgument(isRefund || row.text(state).equals("SUCCESS"), "a state that nobody knows");
    checkArgument(row.number(transactionId) != null, "without WeChat Pay's number");
    sums.add(row::text);
    long fen = row.fen(isRefund ? refundAmount : amount);
    long arrived = row.fen(isRefund ? refunded : settled);
    checkArgument(0 <= arrived && arrived <= fen, "more arrived than was paid");
    return new BillLine(
        lineNo,
        isRefund ? Kind.REFUND : Kind.PAYMENT,
        row.text(outTradeNo),
        row.text(transactionId),
        isRefund ? row.number(outRefundNo) : null,
        isRefund ? row.number(refundId) : null,
        Money.ofFen(fen),
        BillYuan.nearestFen(BillYuan.thousandths(row.text(fee))),
        isRefund ? arrived - fen : fen - arrived,
        time(row.text(time)),
        row.text(state),
        isRefund ? progress(row.text(refundState)) : Progress.DONE);
  }

  private static Instant time(String text) {
    try {
      return LocalDateTime.parse(text, TIME).toInstant(ZONE);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a time", e);
    }
  }

  private static Progress progress(String text) {
    return switch (text) {
      case "SUCCESS" -> Progress.DONE;
      case "PROCESSING" -> Progress.UNDER_WAY;
      case "FAIL", "CHANGE", "ABNORMAL", "CLOSED" -> Progress.FAILED;
      default -> throw new IllegalArgumentException("a refund's state that nobody knows");
    };
  }
}
