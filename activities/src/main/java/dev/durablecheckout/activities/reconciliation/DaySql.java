package dev.durablecheckout.activities.reconciliation;

import dev.durablecheckout.workflows.reconciliation.BillDay;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** What each statement about a day has in common. */
final class DaySql {
  private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(:key, 0))";

  private DaySql() {}

  static <S extends SqlStatement<S>> S of(S statement, BillDay day) {
    return statement
        .bind("merchant", day.merchant().value())
        .bind("channel", day.channel().code())
        .bind("day", day.day());
  }

  /** One download at a time puts a day's lines in place of those before. */
  static void lockLines(Handle handle, BillDay day) {
    lock(handle, "bill:" + day.workflowId());
  }

  /**
   * One comparison at a time looks at an account: what a day's bill has settles items of other
   * days, too.
   */
  static void lockItems(Handle handle, BillDay day) {
    lock(handle, "items:" + day.merchant() + ":" + day.channel());
  }

  /**
   * Until the end of the transaction, and by no row: a download that takes minutes must not hold up
   * whoever writes down where its day stands. What takes long here is waited for longer than what
   * payments wait for.
   */
  private static void lock(Handle handle, String key) {
    handle.execute("set local statement_timeout = '25min'");
    handle.execute("set local lock_timeout = '10min'");
    handle.createQuery(LOCK).bind("key", key).mapTo(String.class).one();
  }
}
