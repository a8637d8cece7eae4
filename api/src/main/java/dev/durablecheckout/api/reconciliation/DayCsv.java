package dev.durablecheckout.api.reconciliation;

import dev.durablecheckout.activities.reconciliation.ItemReport;
import dev.durablecheckout.activities.reconciliation.LineReport;
import dev.durablecheckout.activities.reconciliation.ReconciliationReader;
import dev.durablecheckout.api.csv.CsvWriter;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A day as a table: each line of the bill with what orders and ledger have of it, then each
 * difference. Written as it is read: a million lines are never held.
 */
final class DayCsv {
  private final CsvWriter table;

  private DayCsv(CsvWriter table) {
    this.table = table;
  }

  /**
   * @throws IOException also if so many are being read that there is no room for this one
   */
  static void write(ReconciliationReader reader, BillDay day, OutputStream out) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    DayCsv csv = new DayCsv(new CsvWriter(writer));
    csv.row(
        "record",
        "no",
        "kind",
        "number",
        "out_trade_no",
        "trade_no",
        "checkout_id",
        "at",
        "bill_fen",
        "order_fen",
        "ledger_fen",
        "fee_fen",
        "voucher_fen",
        "result",
        "state",
        "detail");
    try {
      if (!reader.report(day, csv::line, csv::item)) {
        throw new IOException("too many reports are being read");
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    writer.flush();
  }

  private void line(LineReport line) {
    row(
        "line",
        line.lineNo(),
        DayRepresentation.word(line.kind()),
        line.number(),
        line.outTradeNo(),
        line.tradeNo(),
        orEmpty(line.checkoutId()),
        line.at(),
        line.billFen(),
        line.orderFen(),
        line.ledgerFen(),
        line.feeFen(),
        line.voucherFen(),
        line.difference() == null ? "matched" : DayRepresentation.word(line.difference()),
        "",
        "");
  }

  private void item(ItemReport item) {
    row(
        "item",
        item.item(),
        DayRepresentation.word(item.kind()),
        item.number(),
        "",
        orEmpty(item.tradeNo()),
        orEmpty(item.checkoutId()),
        item.foundAt(),
        orEmpty(item.theirFen()),
        orEmpty(item.ourFen()),
        "",
        "",
        "",
        DayRepresentation.word(item.difference()),
        DayRepresentation.word(item.state()),
        item.said() == null ? item.detail() : item.detail() + "; " + item.said());
  }

  private static Object orEmpty(@Nullable Object value) {
    return value == null ? "" : value;
  }

  /** Whoever does not read any more ends the query, too. */
  private void row(Object... cells) {
    try {
      table.row(cells);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
