package dev.durablecheckout.activities.channel.alipay;

import dev.durablecheckout.activities.bill.BillColumns;
import dev.durablecheckout.activities.bill.BillLine;
import dev.durablecheckout.activities.bill.BillReader;
import dev.durablecheckout.activities.bill.BillSink;
import dev.durablecheckout.activities.bill.BillTotals;
import dev.durablecheckout.activities.bill.DamagedBillException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The CSV files of one bill, read one after the other. Lines that begin with {@code #} are
 * comments, and hold what vouches for the rest: the account, the day, the end of the list, and the
 * totals.
 *
 * <p>source: opendocs.alipay.com/open/204/106262 (对账说明); a bill of 2019-09-16 in {@code
 * AlipayGeneralPaymentHandlerTest} of a public repository; the head of the summary in {@code
 * AlipayUtil} (flypay) of another.
 */
final class AlipayBillFile {
  private static final Charset GBK = Charset.forName("GBK");
  private static final Pattern ACCOUNT = Pattern.compile("#账号：\\[([0-9]+)\\].*");
  private static final Pattern FROM = Pattern.compile("#起始日期：\\[(\\S+) .*");
  private static final Pattern PAID = Pattern.compile("#交易合计：([0-9]+)笔，商家实收共(-?[0-9.]+)元.*");
  private static final Pattern REFUNDED = Pattern.compile("#退款合计：([0-9]+)笔，商家实收退款共(-?[0-9.]+)元.*");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu年MM月dd日", Locale.ROOT);
  private static final String DETAIL_END = "业务明细列表结束";
  private static final String DETAIL = "支付宝交易号";
  private static final String SUMMARY = "交易订单总笔数";
  private static final String SUM = "合计";

  private final String sellerId;
  private final LocalDate billDate;
  private final BillSink sink;
  private final AlipayBillSums sums = new AlipayBillSums();
  private BillTotals totals = BillTotals.NONE;
  private boolean isOfAccount;

  AlipayBillFile(String sellerId, LocalDate billDate, BillSink sink) {
    this.sellerId = sellerId;
    this.billDate = billDate;
    this.sink = sink;
  }

  /** Reads one file to its end, whichever it is. */
  void read(InputStream csv) throws IOException, DamagedBillException {
    BillReader reader = new BillReader(csv, GBK);
    @Nullable BillColumns columns = null;
    @Nullable AlipayBillRow row = null;
    boolean ended = false;
    for (@Nullable String line = reader.next(); line != null; line = reader.next()) {
      if (line.isBlank()) {
        continue;
      }
      if (line.startsWith("#")) {
        ended |= line.contains(DETAIL_END);
        comment(line);
      } else if (columns == null) {
        columns = BillColumns.of(AlipayBillRow.names(line));
        row = columns.has(DETAIL) ? new AlipayBillRow(columns, sums) : null;
      } else if (row == null) {
        summary(columns, AlipayBillRow.values(line));
      } else if (ended) {
        throw reader.damaged("something after the list");
      } else {
        take(row.read(reader, line));
      }
    }
    if (row != null && !ended) {
      throw new DamagedBillException("its list does not end");
    }
  }

  private void take(BillLine line) {
    sink.accept(line);
    totals = totals.plus(line);
  }

  private void comment(String line) throws DamagedBillException {
    Matcher account = ACCOUNT.matcher(line);
    if (account.matches()) {
      // Of the seller's accounts: 0156 behind the number is the one that is paid.
      if (!account.group(1).startsWith(sellerId)) {
        throw new DamagedBillException("it is of another account");
      }
      isOfAccount = true;
    }
    Matcher from = FROM.matcher(line);
    if (from.matches() && !from.group(1).equals(DAY.format(billDate))) {
      throw new DamagedBillException("it is of another day");
    }
    Matcher paid = PAID.matcher(line);
    if (paid.matches()) {
      sums.statePaid(paid.group(1), paid.group(2));
    }
    Matcher refunded = REFUNDED.matcher(line);
    if (refunded.matches()) {
      sums.stateRefunded(refunded.group(1), refunded.group(2));
    }
  }

  private void summary(BillColumns columns, List<String> values) throws DamagedBillException {
    if (!columns.has(SUMMARY)) {
      throw new DamagedBillException("a file that is neither the list nor the summary");
    }
    if (values.size() != columns.count()) {
      throw new DamagedBillException("the summary does not fit its head");
    }
    // One line per shop, and one over all of them.
    if (values.get(0).equals(SUM)) {
      sums.stateSummary(columns, values);
    }
  }

  /**
   * The totals over all lines, once all files are read.
   *
   * @throws DamagedBillException if they differ from those that Alipay states, or it states none
   */
  BillTotals checkedTotals() throws DamagedBillException {
    if (!isOfAccount) {
      throw new DamagedBillException("it does not say of which account it is");
    }
    sums.check();
    return totals;
  }
}
