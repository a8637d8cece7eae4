package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.google.common.base.Joiner;
import dev.durablecheckout.sandbox.gateway.BillEntry;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One day of a merchant's payments and refunds as WeChat Pay writes them down: CSV with a byte
 * order mark, a back-quote before each value so that no spreadsheet makes numbers of them, and at
 * last the totals. Fees are of whole fen, written with five decimals.
 */
final class TradeBill {
  private static final String HEAD =
      "\ufeff交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
          + "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
          + "手续费,费率,订单金额,申请退款金额,费率备注";
  private static final String TOTALS_HEAD = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";
  private static final String LINE_END = "\r\n";
  private static final String ZERO = "0.00";
  private static final int YUAN = 2;
  private static final int FEE_SCALE = 5;

  private final String mchId;
  private final Writer out;
  private long rows;
  private long paidFen;
  private long settledFen;
  private long askedBackFen;
  private long refundedFen;
  private long feeFen;

  private TradeBill(String mchId, Writer out) {
    this.mchId = mchId;
    this.out = out;
  }

  /**
   * Writes it, line by line.
   *
   * @param offFen how far the totals are to be off
   */
  static void write(Iterable<BillEntry> entries, String mchId, long offFen, OutputStream out)
      throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    TradeBill bill = new TradeBill(mchId, writer);
    bill.line(HEAD);
    for (BillEntry entry : entries) {
      bill.add(entry);
    }
    bill.line(TOTALS_HEAD);
    bill.paidFen += offFen;
    bill.line(bill.totals());
    writer.flush();
  }

  private void line(String text) throws IOException {
    out.write(text);
    out.write(LINE_END);
  }

  private void add(BillEntry entry) throws IOException {
    boolean payment = entry.isPayment();
    String amount = yuan(entry.amountFen());
    String received = yuan(entry.receivedFen());
    rows++;
    feeFen += entry.feeFen();
    if (payment) {
      paidFen += entry.amountFen();
      settledFen += entry.receivedFen();
    } else {
      askedBackFen += entry.amountFen();
      refundedFen += entry.receivedFen();
    }
    line(
        values(
            List.of(
                WechatTime.readable(entry.at()),
                entry.appId(),
                mchId,
                "0",
                "",
                entry.tradeNo(),
                entry.outTradeNo(),
                entry.buyer(),
                entry.type(),
                payment ? "SUCCESS" : "REFUND",
                "OTHERS",
                "CNY",
                payment ? received : ZERO,
                payment ? yuan(entry.voucherFen()) : ZERO,
                payment ? "0" : entry.refundId(),
                payment ? "0" : entry.outRefundNo(),
                payment ? ZERO : received,
                ZERO,
                payment ? "" : "ORIGINAL",
                entry.refundState(),
                entry.subject(),
                "",
                fee(entry.feeFen()),
                "0.60%",
                payment ? amount : ZERO,
                payment ? ZERO : amount,
                "")));
  }

  private String totals() {
    return values(
        List.of(
            Long.toString(rows),
            yuan(settledFen),
            yuan(refundedFen),
            ZERO,
            fee(feeFen),
            yuan(paidFen),
            yuan(askedBackFen)));
  }

  private static String fee(long fen) {
    return BigDecimal.valueOf(fen, YUAN).setScale(FEE_SCALE).toPlainString();
  }

  private static String yuan(long fen) {
    return BigDecimal.valueOf(fen, YUAN).toPlainString();
  }

  /** The real one does not quote either: a comma in a description shifts what follows. */
  private static String values(List<String> values) {
    return "`" + Joiner.on(",`").join(values);
  }
}
