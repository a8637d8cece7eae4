package dev.durablecheckout.activities.reconciliation;

import dev.durablecheckout.activities.bill.BillAnswer;
import dev.durablecheckout.activities.bill.BillLine;
import dev.durablecheckout.activities.bill.DamagedBillException;
import dev.durablecheckout.activities.channel.BillChannel;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import dev.durablecheckout.workflows.reconciliation.StagedBill;
import dev.durablecheckout.workflows.reconciliation.StagedBill.Readiness;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a day's bill beside the books: all its lines or none, in place of those of an earlier
 * download. While it is under way, and if it comes to nothing, readers see what was there before.
 */
public final class BillStage {
  /** How long lines are kept: longer than a day can be open, and than a quarter takes to close. */
  public static final Duration RETENTION = Duration.ofDays(100);

  private static final String BEGIN =
      """
      insert into reconciliations (merchant, channel, bill_day, status, started_at)
      values (:merchant, :channel, :day, 'DOWNLOADING', :at)
      on conflict (merchant, channel, bill_day) do nothing
      """;
  private static final String CLEAR =
      "delete from bill_lines where merchant = :merchant and channel = :channel and bill_day = :day";
  private static final String FORGET =
      "delete from bill_lines where merchant = :merchant and channel = :channel and bill_day < :before and bill_day <> :day";
  private static final String STAGED =
      """
      update reconciliations set bill_sha1 = :sha1, bill_lines = :lines, staged_at = :at
      where merchant = :merchant and channel = :channel and bill_day = :day
      """;

  /** What the database says while a line is taken, in a method that must not throw it. */
  private static final class CopyFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final SQLException said;

    CopyFailed(SQLException said) {
      super(said);
      this.said = said;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(BillStage.class);

  private final Jdbi jdbi;
  private final Clock clock;

  public BillStage(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * Downloads and stages.
   *
   * @throws DamagedBillException if the bill is not sound; what was staged before is there still
   * @throws ChannelOutcomeUnknownException if there was no usable answer; likewise
   */
  public StagedBill stage(BillDay day, BillChannel channel)
      throws ChannelOutcomeUnknownException, DamagedBillException {
    Instant now = clock.instant();
    jdbi.useHandle(handle -> DaySql.of(handle.createUpdate(BEGIN), day).bind("at", now).execute());
    StagedBill staged;
    try (Handle handle = jdbi.open()) {
      handle.begin();
      try {
        staged = stage(handle, day, channel, now);
      } finally {
        if (handle.isInTransaction()) {
          handle.rollback();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the bill could not be staged", e);
    }
    if (staged.hasCome()) {
      planForSoManyLines();
    }
    return staged;
  }

  private static StagedBill stage(Handle handle, BillDay day, BillChannel channel, Instant now)
      throws SQLException, ChannelOutcomeUnknownException, DamagedBillException {
    DaySql.lockLines(handle, day);
    DaySql.of(handle.createUpdate(CLEAR), day).execute();
    BillAnswer answer = copy(handle, day, channel);
    if (answer.status() == BillAnswer.Status.NOT_READY) {
      return new StagedBill(Readiness.NOT_READY, 0);
    }
    DaySql.of(handle.createUpdate(FORGET), day)
        .bind("before", now.minus(RETENTION).atZone(BillDay.ZONE).toLocalDate())
        .execute();
    long lines = answer.totals().lines();
    DaySql.of(handle.createUpdate(STAGED), day)
        .bind("sha1", answer.sha1())
        .bind("lines", lines)
        .bind("at", now)
        .execute();
    handle.commit();
    return new StagedBill(
        answer.status() == BillAnswer.Status.READY ? Readiness.READY : Readiness.EMPTY, lines);
  }

  private static BillAnswer copy(Handle handle, BillDay day, BillChannel channel)
      throws SQLException, ChannelOutcomeUnknownException, DamagedBillException {
    try (BillCopy copy = BillCopy.begin(handle, day)) {
      BillAnswer answer = channel.download(day.day(), line -> add(copy, line));
      copy.finish();
      return answer;
    } catch (CopyFailed e) {
      throw e.said;
    }
  }

  private static void add(BillCopy copy, BillLine line) {
    try {
      copy.add(line);
    } catch (SQLException e) {
      throw new CopyFailed(e);
    }
  }

  /**
   * A table that has just got a million rows is planned for as if it had none, until it is told.
   * The bill is staged by now: autovacuum, which may hold the table up, tells it too.
   */
  private void planForSoManyLines() {
    try {
      jdbi.useTransaction(
          handle -> {
            handle.execute("set local statement_timeout = '5min'");
            handle.execute("analyze bill_lines");
          });
    } catch (JdbiException e) {
      LOG.warn("bill_lines could not be analyzed: {}", e.getMessage());
    }
  }
}
