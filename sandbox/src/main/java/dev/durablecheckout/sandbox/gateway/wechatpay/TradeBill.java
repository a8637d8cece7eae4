package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.google.common.base.Joiner;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatPayment.Receipt;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One day of a merchant's payments and refunds as WeChat Pay writes them down: CSV, a back-quote
 * before each value so that no spreadsheet makes numbers of them, and at last the totals.
 */
final class TradeBill {
  private static final String HEAD =
      "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
          + "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
          + "手续费,费率,订单金额,申请退款金额,费率备注";
  private static final String TOTALS_HEAD = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";
  private static final String LINE_END = "\r\n";
  private static final String ZERO = "0.00";
  private static final BigDecimal RATE = new BigDecimal("0.006");
  private static final int YUAN = 2;
  private static final int FEE_SCALE = 5;

  private final List<String> rows = new ArrayList<>();
  private final String day;
  private final Instant now;
  private long paidFen;
  private long refundedFen;
  private BigDecimal fees = BigDecimal.ZERO.setScale(FEE_SCALE);

  private TradeBill(String day, Instant now) {
    this.day = day;
    this.now = now;
  }

  /**
   * Empty if nothing happened that day.
   *
   * @param withPayments whether payments are in it
   * @param withRefunds whether refunds are in it
   */
  static Optional<String> of(
      List<WechatPayment> payments,
      String day,
      Instant now,
      boolean withPayments,
      boolean withRefunds) {
    TradeBill bill = new TradeBill(day, now);
    payments.stream()
        .filter(WechatPayment::isPaid)
        .forEach(
            payment -> {
              if (withPayments) {
                bill.addPayment(payment);
              }
              if (withRefunds) {
                payment.refunds().forEach(refund -> bill.addRefund(payment, refund));
              }
            });
    return bill.rows.isEmpty() ? Optional.empty() : Optional.of(bill.text());
  }

  private void addPayment(WechatPayment payment) {
    Receipt receipt = payment.paidReceipt();
    if (!WechatTime.day(receipt.paidAt()).equals(day)) {
      return;
    }
    long fen = payment.order().amountFen();
    BigDecimal fee = fee(fen);
    add(
        payment,
        receipt.paidAt(),
        "SUCCESS",
        List.of(yuan(fen), ZERO, "0", "0", ZERO, ZERO, "", ""),
        List.of(fee.toPlainString(), "0.60%", yuan(fen), ZERO, ""));
    paidFen += fen;
    fees = fees.add(fee);
  }

  private void addRefund(WechatPayment payment, WechatRefund refund) {
    if (!WechatTime.day(refund.createdAt()).equals(day)) {
      return;
    }
    long fen = refund.amountFen();
    BigDecimal fee = fee(fen).negate();
    add(
        payment,
        refund.createdAt(),
        "REFUND",
        List.of(
            ZERO,
            ZERO,
            refund.refundId(),
            refund.outRefundNo(),
            yuan(fen),
            ZERO,
            "ORIGINAL",
            status(refund)),
        List.of(fee.toPlainString(), "0.60%", ZERO, yuan(fen), ""));
    refundedFen += fen;
    fees = fees.add(fee);
  }

  private String status(WechatRefund refund) {
    String status = refund.status(now);
    return status.equals("ABNORMAL") || status.equals("CLOSED") ? "FAIL" : status;
  }

  private void add(
      WechatPayment payment, Instant at, String state, List<String> money, List<String> fee) {
    WechatOrder order = payment.order();
    Receipt receipt = payment.paidReceipt();
    List<String> row =
        new ArrayList<>(
            List.of(
                WechatTime.readable(at),
                order.appId(),
                order.mchId(),
                "0",
                "",
                receipt.transactionId(),
                order.outTradeNo(),
                receipt.openid(),
                order.tradeType().name(),
                state,
                "OTHERS",
                "CNY"));
    row.addAll(money);
    row.add(order.description());
    row.add(order.attach());
    row.addAll(fee);
    rows.add(line(row));
  }

  private static BigDecimal fee(long fen) {
    return BigDecimal.valueOf(fen, YUAN).multiply(RATE).setScale(FEE_SCALE, RoundingMode.HALF_UP);
  }

  private static String yuan(long fen) {
    return BuyerPage.yuan(fen);
  }

  /** The real one does not quote either: a comma in a description shifts what follows. */
  private static String line(List<String> values) {
    return "`" + Joiner.on(",`").join(values);
  }

  private String text() {
    List<String> lines = new ArrayList<>();
    lines.add(HEAD);
    lines.addAll(rows);
    lines.add(TOTALS_HEAD);
    lines.add(
        line(
            List.of(
                "" + rows.size(),
                yuan(paidFen),
                yuan(refundedFen),
                ZERO,
                fees.toPlainString(),
                yuan(paidFen),
                yuan(refundedFen))));
    return Joiner.on(LINE_END).join(lines) + LINE_END;
  }
}
