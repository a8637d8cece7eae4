package dev.durablecheckout.activities.reconciliation;

import dev.durablecheckout.activities.bill.BillLine;
import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import dev.durablecheckout.workflows.reconciliation.Difference;
import dev.durablecheckout.workflows.reconciliation.ItemKind;
import dev.durablecheckout.workflows.reconciliation.ItemState;
import dev.durablecheckout.workflows.reconciliation.ReconciliationStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/** Reads what reconciliation found, for reports. Writes nothing. */
public final class ReconciliationReader {
  private static final String DAYS =
      """
      select r.*, i.* from reconciliations r
      left join lateral (
        select count(*) filter (where state = 'OPEN') as open,
          coalesce(sum(greatest(our_fen, their_fen)) filter (where state = 'OPEN'), 0) as open_fen,
          count(*) filter (where state = 'LATE_POOL') as late,
          coalesce(sum(greatest(our_fen, their_fen)) filter (where state = 'LATE_POOL'), 0) as late_fen,
          count(*) filter (where state = 'REPAIRED') as repaired,
          count(*) filter (where state in ('EXPLAINED', 'CLOSED_BY_PERSON')) as ended
        from reconciliation_items i
        where i.merchant = r.merchant and i.channel = r.channel and i.bill_day = r.bill_day) i on true
      where r.merchant = :merchant and r.bill_day between :from and :to
      order by r.bill_day, r.channel
      """;
  private static final String ITEMS =
      """
      select * from reconciliation_items
      where merchant = :merchant and channel = :channel and bill_day = :day and item > :after
      order by item limit :limit
      """;
  private static final int FETCHED = 1_000;

  /**
   * Each holds a connection and a snapshot as long as its reader reads; payments need some, too.
   */
  private static final int REPORTS = 2;

  /** Whoever reads no line for so long is not waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Jdbi jdbi;
  private final Duration patience;
  private final Semaphore reports = new Semaphore(REPORTS);

  public ReconciliationReader(Jdbi jdbi) {
    this(jdbi, PATIENCE);
  }

  ReconciliationReader(Jdbi jdbi, Duration patience) {
    this.jdbi = jdbi;
    this.patience = patience;
  }

  /** A merchant's days from one to another, both included, by day and channel. */
  public List<DayReport> days(MerchantId merchant, LocalDate from, LocalDate to) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(DAYS)
                .bind("merchant", merchant.value())
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> day(row))
                .list());
  }

  /** One day; empty if it was never looked at. */
  public Optional<DayReport> day(BillDay day) {
    return days(day.merchant(), day.day(), day.day()).stream()
        .filter(report -> report.day().equals(day))
        .findFirst();
  }

  /**
   * A day's items, by number.
   *
   * @param after only those behind this number
   */
  public List<ItemReport> items(BillDay day, long after, int limit) {
    return jdbi.withHandle(handle -> items(handle, day, after, limit));
  }

  private static List<ItemReport> items(Handle handle, BillDay day, long after, int limit) {
    return DaySql.of(handle.createQuery(ITEMS), day)
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> item(row))
        .list();
  }

  /**
   * Hands out every line of a day's bill, then every item, as they were at one moment. No more than
   * some hundred are held, however long the bill. A bill whose lines have gone has its items still.
   * Breaks off if nothing of it is taken for half a minute.
   *
   * @return false, and nothing was handed out, if {@link #isReporting} as much as it can
   */
  public boolean report(BillDay day, Consumer<LineReport> lines, Consumer<ItemReport> items) {
    if (!reports.tryAcquire()) {
      return false;
    }
    try {
      read(day, lines, items);
      return true;
    } finally {
      reports.release();
    }
  }

  /** Whether a report would have to be asked for again, later. */
  public boolean isReporting() {
    return reports.availablePermits() == 0;
  }

  private void read(BillDay day, Consumer<LineReport> lines, Consumer<ItemReport> items) {
    jdbi.useTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> {
          handle.execute("set local statement_timeout = '5min'");
          handle.execute(
              "set local idle_in_transaction_session_timeout = '" + patience.toMillis() + "ms'");
          DaySql.of(handle.createQuery(DayMatches.SELECT + " order by b.line_no"), day)
              .bind("channel_name", day.channel().name())
              .setFetchSize(FETCHED)
              .map((row, context) -> line(row))
              .useStream(stream -> stream.forEach(lines));
          List<ItemReport> page = items(handle, day, 0, FETCHED);
          while (!page.isEmpty()) {
            page.forEach(items);
            page = items(handle, day, page.get(page.size() - 1).item(), FETCHED);
          }
        });
  }

  private static DayReport day(ResultSet row) throws SQLException {
    return new DayReport(
        new BillDay(
            MerchantId.of(row.getString("merchant")),
            Channel.ofCode(row.getInt("channel")),
            row.getObject("bill_day", LocalDate.class)),
        Columns.constant(row, "status", ReconciliationStatus.class),
        row.getString("bill_sha1"),
        new DayReport.Lines(
            row.getLong("bill_lines"),
            row.getLong("bill_payments"),
            row.getLong("bill_refunds"),
            row.getLong("matched_lines"),
            row.getLong("matched_fen")),
        new DayReport.Sums(
            row.getLong("bill_payments_fen"),
            row.getLong("order_payments_fen"),
            row.getLong("ledger_payments_fen")),
        new DayReport.Sums(
            row.getLong("bill_refunds_fen"),
            row.getLong("order_refunds_fen"),
            row.getLong("ledger_refunds_fen")),
        new DayReport.BothWays(row.getLong("fee_fen"), row.getLong("fee_back_fen")),
        new DayReport.BothWays(row.getLong("voucher_fen"), row.getLong("voucher_back_fen")),
        new DayReport.Items(
            row.getLong("open"),
            row.getLong("open_fen"),
            row.getLong("late"),
            row.getLong("late_fen"),
            row.getLong("repaired"),
            row.getLong("ended")),
        Columns.instant(row, "started_at"),
        Columns.instantOrNull(row, "matched_at"),
        Columns.instantOrNull(row, "settled_at"));
  }

  private static ItemReport item(ResultSet row) throws SQLException {
    return new ItemReport(
        row.getLong("item"),
        Columns.constant(row, "kind", ItemKind.class),
        row.getString("number"),
        Columns.constant(row, "difference", Difference.class),
        Columns.constant(row, "state", ItemState.class),
        row.getString("checkout_id"),
        row.getString("trade_no"),
        fenOrNull(row, "our_fen"),
        fenOrNull(row, "their_fen"),
        row.getString("detail"),
        row.getString("said"),
        Columns.instant(row, "found_at"),
        Columns.instantOrNull(row, "ended_at"));
  }

  private static @Nullable Long fenOrNull(ResultSet row, String column) throws SQLException {
    long fen = row.getLong(column);
    return row.wasNull() ? null : fen;
  }

  private static LineReport line(ResultSet row) throws SQLException {
    return new LineReport(
        row.getLong("line_no"),
        Columns.constant(row, "kind", BillLine.Kind.class),
        row.getString("number"),
        row.getString("out_trade_no"),
        row.getString("trade_no"),
        row.getString("checkout_id"),
        Columns.instant(row, "at"),
        row.getLong("bill_fen"),
        row.getLong("order_fen"),
        row.getLong("ledger_fen"),
        row.getLong("fee_fen") - row.getLong("fee_back_fen"),
        row.getLong("voucher_fen") - row.getLong("voucher_back_fen"),
        Columns.constantOrNull(row, "difference", Difference.class));
  }
}
