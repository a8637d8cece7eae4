package dev.durablecheckout.activities.ledger;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.activities.json.BookJson;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * Reads a merchant's ledger; writes nothing. Each answer is one short transaction over one
 * snapshot: a long statement is read page by page, so that a caller who reads slowly holds no
 * connection.
 *
 * <p>Periods begin with their first instant and end before their last: what one statement closes
 * with, the next one opens with, and a trial balance at that instant says.
 */
public final class LedgerReader {
  /** Sums over many entries take longer than the pool lets a payment wait. */
  private static final String PATIENCE = "set local statement_timeout = '30s'";

  private static final String TRIAL_BALANCE =
      """
      select a.kind, case a.kind when 'WALLET' then '' else a.owner end as owner, sum(e.debit_fen - e.credit_fen) as fen
      from ledger_accounts a join ledger_entries e using (account)
      where a.merchant = :merchant
      group by 1, 2 order by 1, 2
      """;
  private static final String TRIAL_BALANCE_AT =
      """
      select a.kind, case a.kind when 'WALLET' then '' else a.owner end as owner, sum(e.debit_fen - e.credit_fen) as fen
      from ledger_postings p join ledger_entries e using (posting) join ledger_accounts a using (account)
      where p.merchant = :merchant and p.posted_at < :before
      group by 1, 2 order by 1, 2
      """;
  private static final String ACCOUNTS =
      """
      select kind, owner from ledger_accounts
      where merchant = :merchant and (kind, owner) > (:kind, :owner)
      order by kind, owner limit :limit
      """;
  private static final String OPENING =
      """
      select coalesce(sum(e.debit_fen - e.credit_fen), 0)
      from ledger_postings p join ledger_entries e using (posting)
      where p.merchant = :merchant and e.account = :account and p.posted_at < :from
      """;
  private static final String LINES =
      """
      select p.posted_at, p.posting, e.line, p.business_key, p.kind, p.detail, e.debit_fen, e.credit_fen,
        :balance + sum(e.debit_fen - e.credit_fen)
          over (order by p.posted_at, p.posting, e.line rows unbounded preceding) as balance_fen
      from ledger_postings p join ledger_entries e using (posting)
      where p.merchant = :merchant and e.account = :account
        and p.posted_at >= :from and p.posted_at < :to
        and (p.posted_at, p.posting, e.line) > (:from, :posting, :line)
      order by p.posted_at, p.posting, e.line limit :limit
      """;

  private final Jdbi jdbi;

  public LedgerReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * What each account comes to; debits and credits have the same sum.
   *
   * @param before only what was posted before then; all there is if null
   */
  public List<AccountBalance> trialBalance(MerchantId merchant, @Nullable Instant before) {
    return inSnapshot(
        handle -> {
          Query query =
              before == null
                  ? handle.createQuery(TRIAL_BALANCE)
                  : handle.createQuery(TRIAL_BALANCE_AT).bind("before", before);
          return query
              .bind("merchant", merchant.value())
              .map((row, context) -> new AccountBalance(account(merchant, row), row.getLong("fen")))
              .list();
        });
  }

  /**
   * Accounts in the order of their labels, up to {@code limit}.
   *
   * @param after only those behind this one, which need not exist; from the first if null
   */
  public List<LedgerAccount> accounts(
      MerchantId merchant, @Nullable LedgerAccount after, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(ACCOUNTS)
                .bind("merchant", merchant.value())
                .bind("kind", after == null ? "" : after.kind().name())
                .bind("owner", after == null ? "" : after.owner())
                .bind("limit", limit)
                .map((row, context) -> account(merchant, row))
                .list());
  }

  private static LedgerAccount account(MerchantId merchant, ResultSet row) throws SQLException {
    return new LedgerAccount(
        merchant, Columns.constant(row, "kind", AccountKind.class), row.getString("owner"));
  }

  /**
   * What moved an account, up to {@code limit} lines of it, by time of posting. An account that
   * nothing was posted to has no lines.
   *
   * @param after where the page before it ended; from the beginning if null
   */
  public StatementPage statement(
      StatementPeriod period, @Nullable StatementPosition after, int limit) {
    return inSnapshot(
        handle -> {
          Optional<Long> account = Ledger.find(handle, period.account());
          if (account.isEmpty()) {
            return new StatementPage(0, List.of(), Optional.empty());
          }
          StatementPosition start =
              after == null
                  ? new StatementPosition(
                      period.from(), 0, 0, opening(handle, period, account.get()))
                  : after;
          return page(handle, period, account.get(), start, limit);
        });
  }

  private static long opening(Handle handle, StatementPeriod period, long account) {
    return handle
        .createQuery(OPENING)
        .bind("merchant", period.account().merchant().value())
        .bind("account", account)
        .bind("from", period.from())
        .mapTo(Long.class)
        .one();
  }

  private static StatementPage page(
      Handle handle, StatementPeriod period, long account, StatementPosition start, int limit) {
    List<StatementLine> lines =
        handle
            .createQuery(LINES)
            .bind("merchant", period.account().merchant().value())
            .bind("account", account)
            .bind("from", later(start.at(), period.from()))
            .bind("to", period.to())
            .bind("posting", start.posting())
            .bind("line", start.line())
            .bind("balance", start.balanceFen())
            .bind("limit", limit + 1)
            .map((row, context) -> line(row))
            .list();
    boolean isLast = lines.size() <= limit;
    List<StatementLine> kept = isLast ? lines : lines.subList(0, limit);
    return new StatementPage(
        start.balanceFen(),
        kept,
        isLast ? Optional.empty() : Optional.of(kept.get(limit - 1).position()));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static StatementLine line(ResultSet row) throws SQLException {
    Map<String, String> detail = BookJson.read(row.getString("detail"), new TypeReference<>() {});
    return new StatementLine(
        new StatementPosition(
            Columns.instant(row, "posted_at"),
            row.getLong("posting"),
            row.getInt("line"),
            row.getLong("balance_fen")),
        new BusinessKey(row.getString("business_key")),
        Columns.constant(row, "kind", PostingKind.class),
        Money.ofFen(row.getLong("debit_fen")),
        Money.ofFen(row.getLong("credit_fen")),
        detail);
  }

  private <T> T inSnapshot(HandleCallback<T, RuntimeException> reading) {
    return jdbi.inTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> {
          handle.execute(PATIENCE);
          return reading.withHandle(handle);
        });
  }
}
