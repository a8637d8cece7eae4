package dev.durablecheckout.activities.channel.wechatpay;

import com.google.common.base.Splitter;
import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import dev.durablecheckout.activities.bill.BillAnswer;
import dev.durablecheckout.activities.bill.BillColumns;
import dev.durablecheckout.activities.bill.BillLine;
import dev.durablecheckout.activities.bill.BillReader;
import dev.durablecheckout.activities.bill.BillSink;
import dev.durablecheckout.activities.bill.BillTotals;
import dev.durablecheckout.activities.bill.DamagedBillException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of one bill: a head, a line per payment or refund, the head of the totals, the totals.
 * UTF-8 with a byte order mark, CRLF, a back-quote before each value. A product's name may hold
 * commas and even {@code ,`}: what is too much in a line belongs to it.
 *
 * <p>source: pay.weixin.qq.com/doc/v3, 申请交易账单, and the sample tests/fixtures/bill.ALL.csv of
 * github.com/TheNorthMemory/wechatpay-axios-plugin, which has totals as in {@code `45.0} and {@code
 * `0.47}.
 */
final class WechatPayBillFile {
  private static final String TOTALS = "总交易单数";
  private static final Splitter VALUES = Splitter.on(",`");
  private static final Splitter NAMES = Splitter.on(',');

  private final String mchId;
  private final String sha1;
  private final BillSink sink;
  private BillTotals totals = BillTotals.NONE;

  /**
   * @param sha1 that the text must come to, lower-case hex
   */
  WechatPayBillFile(String mchId, String sha1, BillSink sink) {
    this.mchId = mchId;
    this.sha1 = sha1;
    this.sink = sink;
  }

  @SuppressWarnings("deprecation") // It is WeChat Pay that wants SHA-1.
  BillAnswer read(InputStream text) throws IOException, DamagedBillException {
    HashingInputStream hashing = new HashingInputStream(Hashing.sha1(), text);
    BillReader reader = new BillReader(hashing, StandardCharsets.UTF_8);
    String head = reader.next();
    if (head == null) {
      throw new DamagedBillException("nothing is in it");
    }
    WechatPayBillRow row = new WechatPayBillRow(mchId, BillColumns.of(names(head)));
    String line = nextLine(reader);
    while (!isTotalsHead(line)) {
      if (line.charAt(0) != '`') {
        throw reader.damaged("a line that is neither a payment nor a refund");
      }
      take(row.read(reader, values(line)));
      line = nextLine(reader);
    }
    BillColumns columns = BillColumns.of(names(line));
    row.sums().checkAgainst(columns, values(nextLine(reader)), totals.lines());
    checkEnd(reader);
    if (!hashing.hash().toString().equals(sha1)) {
      throw new DamagedBillException("its digest is not the one that WeChat Pay gave");
    }
    return BillAnswer.ready(totals, sha1);
  }

  private void take(BillLine line) {
    sink.accept(line);
    totals = totals.plus(line);
  }

  private static boolean isTotalsHead(String line) {
    return line.startsWith(TOTALS) || line.startsWith("`" + TOTALS);
  }

  /** The next line with something in it. */
  private static String nextLine(BillReader reader) throws IOException, DamagedBillException {
    String line = reader.next();
    while (line != null && line.isBlank()) {
      line = reader.next();
    }
    if (line == null) {
      throw new DamagedBillException("it ends without totals");
    }
    return line;
  }

  private static void checkEnd(BillReader reader) throws IOException, DamagedBillException {
    for (@Nullable String line = reader.next(); line != null; line = reader.next()) {
      if (!line.isBlank()) {
        throw reader.damaged("something after the totals");
      }
    }
  }

  private static List<String> names(String head) {
    return NAMES.splitToList(head.replace("`", ""));
  }

  private static List<String> values(String line) {
    return VALUES.splitToList(line.startsWith("`") ? line.substring(1) : line);
  }
}
