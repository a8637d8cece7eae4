package dev.durablecheckout.activities.reconciliation;

import dev.durablecheckout.workflows.reconciliation.BillDay;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** What each statement about a day has in common. */
final class DaySql {
  private static final String LOCK =
      """
      select 1 from reconciliations
      where merchant = :merchant and channel = :channel and bill_day = :day for no key update
      """;

  private DaySql() {}

  static <S extends SqlStatement<S>> S of(S statement, BillDay day) {
    return statement
        .bind("merchant", day.merchant().value())
        .bind("channel", day.channel().code())
        .bind("day", day.day());
  }

  /**
   * One run at a time works on a day. What takes long here is waited for longer than what payments
   * wait for.
   */
  static void lock(Handle handle, BillDay day) {
    handle.execute("set local statement_timeout = '25min'");
    Optional<Integer> unused = of(handle.createQuery(LOCK), day).mapTo(Integer.class).findOne();
  }
}
