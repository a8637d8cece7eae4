package dev.durablecheckout.activities.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import dev.durablecheckout.activities.bill.BillAnswer;
import dev.durablecheckout.activities.bill.BillLine;
import dev.durablecheckout.activities.bill.BillTotals;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import dev.durablecheckout.workflows.reconciliation.DayView;
import dev.durablecheckout.workflows.reconciliation.ReconciliationStatus;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * A bill is never held, however long it is. {@code -Dbill.lines=1000000} makes it a bill of a
 * million lines; what it took is printed and not asserted, but for the memory.
 */
final class MillionLinesTest {
  private static final long LINES = Long.getLong("bill.lines", 20_000);

  /** Of what is alive after a collection, a thousandth of a large bill is more than enough. */
  private static final long MOST_GROWTH = 64L << 20;

  private static final BillDay DAY =
      new BillDay(MerchantId.of("shop"), Channel.ALIPAY, LocalDate.parse("2030-01-01"));

  /** With as many payments as there are lines. */
  private static final String BOOKS =
      """
      insert into checkouts (checkout_id, merchant, merchant_order_no, request_id, fingerprint, subject, amount_fen,
        buyer_id, metadata, status, deadline, created_at, updated_at)
      select 'shop.' || n, 'shop', n::text, 'r', 'f', 's', 100 + n % 900, 'b', '{}', 'PAID', now(), now(), now()
      from generate_series(1, %1$d) n;
      insert into pay_orders (out_trade_no, checkout_id, attempt, channel, method, amount_fen, subject, time_expire,
        status, settlement, trade_no, paid_fen, paid_at, created_at, updated_at)
      select 'P' || n, 'shop.' || n, 1, 1, 'QR', 100 + n % 900, 's', now(), 'SUCCEEDED', 'SETTLED', 'T' || n,
        100 + n % 900, '2029-12-31T16:00:00Z'::timestamptz + n * interval '80 ms', now(), now()
      from generate_series(1, %1$d) n;
      insert into ledger_accounts (merchant, kind, owner, created_at)
      values ('shop', 'CHANNEL', 'ALIPAY', now()), ('shop', 'SALES', '', now());
      set session_replication_role = replica;
      insert into ledger_postings (merchant, business_key, kind, lines, posted_at, detail)
      select 'shop', 'payment:P' || n, 'PAYMENT', 2, now(), '{}' from generate_series(1, %1$d) n;
      insert into ledger_entries (posting, line, account, debit_fen, credit_fen)
      select p.posting, 1, (select account from ledger_accounts where kind = 'CHANNEL'), o.paid_fen, 0
      from ledger_postings p join pay_orders o on p.business_key = 'payment:' || o.out_trade_no;
      insert into ledger_entries (posting, line, account, debit_fen, credit_fen)
      select p.posting, 2, (select account from ledger_accounts where kind = 'SALES'), 0, o.paid_fen
      from ledger_postings p join pay_orders o on p.business_key = 'payment:' || o.out_trade_no;
      set session_replication_role = origin;
      analyze
      """;

  private static BillLine line(long n) {
    return new BillLine(
        n + 1,
        BillLine.Kind.PAYMENT,
        "P" + n,
        "T" + n,
        null,
        null,
        Money.ofFen(100 + n % 900),
        1,
        0,
        Instant.parse("2029-12-31T16:00:00Z").plusMillis(n * 80),
        "SUCCESS",
        BillLine.Progress.DONE);
  }

  @Test
  void aLongBillIsStagedComparedAndReportedInTheMemoryOfAShortOne() throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      database
          .jdbi()
          .useHandle(
              handle -> {
                handle.execute("set statement_timeout = '10min'");
                for (String statement :
                    Splitter.on(';').split(BOOKS.replace("%1$d", String.valueOf(LINES)))) {
                  handle.execute(statement);
                }
                handle.execute("set statement_timeout = '5s'");
              });
      long before = alive();
      AtomicLong most = new AtomicLong(before);
      Instant begun = Instant.now();
      new BillStage(database.jdbi(), Clock.systemUTC())
          .stage(
              DAY,
              (date, sink) -> {
                BillTotals totals = BillTotals.NONE;
                for (long n = 1; n <= LINES; n++) {
                  BillLine line = line(n);
                  sink.accept(line);
                  totals = totals.plus(line);
                  if (n % (LINES / 2) == 0) {
                    most.accumulateAndGet(alive(), Math::max);
                  }
                }
                return BillAnswer.ready(totals, "0".repeat(40));
              });
      Instant staged = Instant.now();
      DayView view = new DayComparison(database.jdbi(), Clock.systemUTC()).compare(DAY);
      Instant compared = Instant.now();
      AtomicLong lines = new AtomicLong();
      boolean reported =
          new ReconciliationReader(database.jdbi())
              .report(
                  DAY,
                  line -> {
                    if (lines.incrementAndGet() % (LINES / 2) == 0) {
                      most.accumulateAndGet(alive(), Math::max);
                    }
                  },
                  item -> {});
      assertThat(reported).isTrue();
      System.out.printf(
          "%d lines: staged in %d ms, compared in %d ms, reported in %d ms; alive %d MiB before, %d MiB at most%n",
          LINES,
          Duration.between(begun, staged).toMillis(),
          Duration.between(staged, compared).toMillis(),
          Duration.between(compared, Instant.now()).toMillis(),
          before >> 20,
          most.get() >> 20);

      assertThat(view).isEqualTo(new DayView(ReconciliationStatus.SETTLED, LINES, LINES, 0, 0, 0));
      assertThat(lines).hasValue(LINES);
      assertThat(most.get() - before).as("growth").isLessThan(MOST_GROWTH);
    }
  }

  private static long alive() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
