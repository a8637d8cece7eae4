package dev.durablecheckout.sandbox.gateway.alipay;

import com.google.common.base.Joiner;
import dev.durablecheckout.sandbox.gateway.BillEntry;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * One day of a seller's payments and refunds as Alipay writes them down: a zip of two CSV files in
 * GBK, names too. Numbers end with a tab so that no spreadsheet makes numbers of them, refunds are
 * below zero, comments begin with {@code #} and say the totals, and nothing is quoted.
 */
final class TradeBill {
  private static final Charset GBK = Charset.forName("GBK");
  private static final String LINE_END = "\r\n";
  private static final String ZERO = "0.00";
  private static final String TAB = "\t";
  private static final String HEAD =
      "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,"
          + "商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,"
          + "商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注";
  private static final String SUMMARY_HEAD =
      "门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,"
          + "卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）";
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu年MM月dd日");
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu年MM月dd日 HH:mm:ss").withZone(AlipayTime.ZONE);

  /** Whose bill it is, of which day, and when it was written. */
  record Head(String sellerId, LocalDate day, Instant at) {
    String account() {
      return sellerId + "0156";
    }
  }

  private final Head of;
  private final Writer out;
  private long payments;
  private long paidFen;
  private long paidReceivedFen;
  private long paidVoucherFen;
  private long refunds;
  private long refundedFen;
  private long refundedReceivedFen;
  private long refundedVoucherFen;
  private long feeFen;

  private TradeBill(Head of, Writer out) {
    this.of = of;
    this.out = out;
  }

  /**
   * Writes the zip, line by line.
   *
   * @param offFen how far the totals are to be off
   */
  static void write(Iterable<BillEntry> entries, Head of, long offFen, OutputStream raw)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(raw, GBK);
    Writer writer = new BufferedWriter(new OutputStreamWriter(zip, GBK));
    TradeBill bill = new TradeBill(of, writer);
    String name = of.account() + "_" + of.day.format(DateTimeFormatter.BASIC_ISO_DATE) + "_业务明细";
    zip.putNextEntry(new ZipEntry(name + ".csv"));
    bill.detail(entries, offFen);
    writer.flush();
    zip.closeEntry();
    zip.putNextEntry(new ZipEntry(name + "(汇总).csv"));
    bill.summary();
    writer.flush();
    zip.closeEntry();
    zip.finish();
  }

  private void line(String text) throws IOException {
    out.write(text);
    out.write(LINE_END);
  }

  private void head(String title) throws IOException {
    line("#支付宝" + title + "查询");
    line("#账号：[" + of.account() + "]");
    line(
        "#起始日期：[%s 00:00:00]   终止日期：[%s 00:00:00]"
            .formatted(of.day.format(DAY), of.day.plusDays(1).format(DAY)));
  }

  private void detail(Iterable<BillEntry> entries, long offFen) throws IOException {
    head("业务明细");
    line(
        "#-----------------------------------------业务明细列表----------------------------------------");
    line(HEAD);
    for (BillEntry entry : entries) {
      add(entry);
    }
    line("#-----------------------------------------业务明细列表结束------------------------------------");
    paidReceivedFen += offFen;
    line(
        "#交易合计：%d笔，商家实收共%s元，商家优惠共%s元"
            .formatted(payments, Yuan.print(paidReceivedFen), Yuan.print(paidVoucherFen)));
    line(
        "#退款合计：%d笔，商家实收退款共%s元，商家优惠退款共%s元"
            .formatted(refunds, Yuan.print(-refundedReceivedFen), Yuan.print(refundedVoucherFen)));
    line("#导出时间：[" + SECOND.format(of.at) + "]");
  }

  private void add(BillEntry entry) throws IOException {
    boolean payment = entry.isPayment();
    feeFen += entry.feeFen();
    if (payment) {
      payments++;
      paidFen += entry.amountFen();
      paidReceivedFen += entry.receivedFen();
      paidVoucherFen += entry.voucherFen();
    } else {
      refunds++;
      refundedFen += entry.amountFen();
      refundedReceivedFen += entry.receivedFen();
      refundedVoucherFen += entry.voucherFen();
    }
    long sign = payment ? 1 : -1;
    line(
        Joiner.on(',')
            .join(
                List.of(
                    entry.tradeNo() + TAB,
                    entry.outTradeNo() + TAB,
                    payment ? "交易" + TAB : "退款" + TAB,
                    entry.subject(),
                    AlipayTime.seconds(entry.createdAt()),
                    AlipayTime.seconds(entry.at()),
                    TAB,
                    TAB,
                    TAB,
                    TAB,
                    entry.buyer() + TAB,
                    Yuan.print(sign * entry.amountFen()),
                    Yuan.print(sign * entry.receivedFen()),
                    ZERO,
                    ZERO,
                    ZERO,
                    Yuan.print(entry.voucherFen()),
                    ZERO,
                    "",
                    ZERO + TAB,
                    ZERO,
                    entry.outRefundNo() + TAB,
                    Yuan.print(-entry.feeFen()),
                    ZERO,
                    "")));
  }

  private void summary() throws IOException {
    long received = paidReceivedFen - refundedReceivedFen;
    String sums =
        Joiner.on(',')
            .join(
                payments,
                refunds,
                Yuan.print(paidFen - refundedFen),
                Yuan.print(received),
                ZERO,
                Yuan.print(paidVoucherFen + refundedVoucherFen),
                ZERO,
                Yuan.print(-feeFen),
                ZERO,
                Yuan.print(received - feeFen));
    head("业务汇总");
    line(
        "#-----------------------------------------业务汇总列表----------------------------------------");
    line(SUMMARY_HEAD);
    line(",," + sums);
    line("合计,," + sums);
    line("#----------------------------------------业务汇总列表结束-------------------------------------");
    line("#导出时间：[" + SECOND.format(of.at) + "]");
  }
}
