package dev.durablecheckout.activities.reconciliation;

import dev.durablecheckout.activities.bill.BillLine;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Lines of a bill on their way into PostgreSQL, by COPY: a million of them take no more memory than
 * a thousand. Nothing of them is there until {@link #finish} and the transaction's commit.
 */
final class BillCopy implements AutoCloseable {
  private static final String COPY =
      "copy bill_lines (merchant, channel, bill_day, line_no, kind, number, out_trade_no, trade_no, amount_fen, fee_fen,"
          + " fee_back_fen, voucher_fen, voucher_back_fen, at, channel_word, progress) from stdin";
  private static final int BUFFER = 1 << 16;

  private final CopyIn copy;
  private final String prefix;
  private final StringBuilder rows = new StringBuilder(BUFFER + 1024);

  private BillCopy(CopyIn copy, String prefix) {
    this.copy = copy;
    this.prefix = prefix;
  }

  static BillCopy begin(Handle handle, BillDay day) throws SQLException {
    CopyIn copy = handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    return new BillCopy(
        copy, day.merchant() + "\t" + day.channel().code() + "\t" + day.day() + "\t");
  }

  void add(BillLine line) throws SQLException {
    rows.append(prefix).append(line.lineNo()).append('\t').append(line.kind().name());
    text(number(line));
    text(line.outTradeNo());
    text(line.tradeNo());
    rows.append('\t').append(line.amount().amountFen());
    bothWays(line.feeFen());
    bothWays(line.voucherFen());
    rows.append('\t').append(line.at());
    text(line.state());
    rows.append('\t').append(line.progress().name()).append('\n');
    if (rows.length() >= BUFFER) {
      flush();
    }
  }

  /**
   * What a line is found by in the books. What was paid or given back past every system of the
   * merchant's has no number of its; it is told apart by the channel's.
   */
  static String number(BillLine line) {
    if (line.kind() == BillLine.Kind.PAYMENT) {
      return line.outTradeNo().isEmpty() ? "channel:" + line.tradeNo() : line.outTradeNo();
    }
    String ours = line.outRefundNo();
    return ours == null ? "channel:" + theirs(line) : ours;
  }

  /** Alipay has no number of a refund: one payment's are told apart by their time. */
  private static String theirs(BillLine line) {
    @Nullable String refund = line.refundTradeNo();
    return refund == null ? line.tradeNo() + "@" + line.at() : refund;
  }

  /** Charged and given back are two columns: there are no negative amounts in the books. */
  private void bothWays(long fen) {
    rows.append('\t').append(Math.max(fen, 0)).append('\t').append(Math.max(-fen, 0));
  }

  /** In the text format of COPY a tab, a line's end and a backslash are written by an escape. */
  private void text(String value) {
    rows.append('\t');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> rows.append("\\\\");
        case '\t' -> rows.append("\\t");
        case '\n' -> rows.append("\\n");
        case '\r' -> rows.append("\\r");
        case 0 -> rows.append('\uFFFD');
        default -> rows.append(c);
      }
    }
  }

  private void flush() throws SQLException {
    byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    rows.setLength(0);
  }

  /** All lines were added. */
  void finish() throws SQLException {
    flush();
    long unused = copy.endCopy();
  }

  /** Drops what was not finished. */
  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }
}
