package dev.durablecheckout.activities.ledger;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.activities.json.BookJson;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Posts to the ledger, in the transaction of what is posted. A key that was posted before with the
 * same contents is left as it is; with others it is refused. No account is locked by it: balances
 * are sums of entries, but for the wallet's, which its own row holds.
 */
public final class Ledger {
  private static final String ACCOUNT =
      "select account from ledger_accounts where merchant = :merchant and kind = :kind and owner = :owner";
  private static final String OPEN_ACCOUNT =
      """
      insert into ledger_accounts (merchant, kind, owner, created_at) values (:merchant, :kind, :owner, :at)
      on conflict (merchant, kind, owner) do nothing
      """;
  private static final String POST =
      """
      insert into ledger_postings (merchant, business_key, kind, lines, posted_at, detail)
      values (:merchant, :key, :kind, :lines, :at, cast(:detail as jsonb))
      on conflict (merchant, business_key) do nothing
      returning posting
      """;
  private static final String ADD_ENTRY =
      """
      insert into ledger_entries (posting, line, account, debit_fen, credit_fen)
      values (:posting, :line, :account, :debitFen, :creditFen)
      """;
  private static final String FIND =
      "select * from ledger_postings where merchant = :merchant and business_key = :key";
  private static final String ENTRIES =
      """
      select a.*, e.debit_fen, e.credit_fen from ledger_entries e join ledger_accounts a using (account)
      where e.posting = :posting order by e.line
      """;

  private record Known(Posting posting, Posted posted) {}

  private Ledger() {}

  /**
   * Posts, or finds it posted.
   *
   * @throws PostingRefusedException if the key stands for something else
   */
  public static Posted post(Handle handle, Posting posting, Instant at) {
    Optional<Long> id =
        handle
            .createQuery(POST)
            .bind("merchant", posting.merchant().value())
            .bind("key", posting.key().value())
            .bind("kind", posting.kind().name())
            .bind("lines", posting.entries().size())
            .bind("at", at)
            .bind("detail", BookJson.write(posting.detail()))
            .mapTo(Long.class)
            .findOne();
    if (id.isEmpty()) {
      return find(handle, posting).orElseThrow();
    }
    Map<LedgerAccount, Long> accounts = accounts(handle, posting, at);
    for (int i = 0; i < posting.entries().size(); i++) {
      LedgerEntry entry = posting.entries().get(i);
      handle
          .createUpdate(ADD_ENTRY)
          .bind("posting", id.get())
          .bind("line", i + 1)
          .bind("account", accounts.get(entry.account()))
          .bind("debitFen", entry.debit().amountFen())
          .bind("creditFen", entry.credit().amountFen())
          .execute();
    }
    return new Posted(id.get(), at, true);
  }

  /**
   * In one order, whichever side they are on: two postings that open the same accounts wait for
   * each other once, and never both.
   */
  private static Map<LedgerAccount, Long> accounts(Handle handle, Posting posting, Instant at) {
    Map<LedgerAccount, Long> accounts = new HashMap<>();
    posting.entries().stream()
        .map(LedgerEntry::account)
        .sorted(comparing(LedgerAccount::kind).thenComparing(LedgerAccount::owner))
        .forEach(account -> accounts.put(account, account(handle, account, at)));
    return accounts;
  }

  /**
   * This posting, if it is in the ledger.
   *
   * @throws PostingRefusedException if its key stands for something else
   */
  public static Optional<Posted> find(Handle handle, Posting posting) {
    Optional<Known> known = find(handle, posting.merchant(), posting.key());
    if (known.isPresent() && !known.get().posting().equals(posting)) {
      throw new PostingRefusedException(posting.key());
    }
    return known.map(Known::posted);
  }

  private static Optional<Known> find(Handle handle, MerchantId merchant, BusinessKey key) {
    return handle
        .createQuery(FIND)
        .bind("merchant", merchant.value())
        .bind("key", key.value())
        .map((row, context) -> known(handle, row, merchant, key))
        .findOne();
  }

  private static Known known(Handle handle, ResultSet row, MerchantId merchant, BusinessKey key)
      throws SQLException {
    long id = row.getLong("posting");
    Map<String, String> detail = BookJson.read(row.getString("detail"), new TypeReference<>() {});
    return new Known(
        new Posting(
            merchant,
            key,
            Columns.constant(row, "kind", PostingKind.class),
            entries(handle, id),
            detail),
        new Posted(id, Columns.instant(row, "posted_at"), false));
  }

  private static List<LedgerEntry> entries(Handle handle, long posting) {
    return handle
        .createQuery(ENTRIES)
        .bind("posting", posting)
        .map(
            (row, context) ->
                new LedgerEntry(
                    new LedgerAccount(
                        MerchantId.of(row.getString("merchant")),
                        Columns.constant(row, "kind", AccountKind.class),
                        row.getString("owner")),
                    Money.ofFen(row.getLong("debit_fen")),
                    Money.ofFen(row.getLong("credit_fen"))))
        .list();
  }

  /** The number of an account, which is opened if it is new. */
  public static long account(Handle handle, LedgerAccount account, Instant at) {
    return find(handle, account)
        .orElseGet(
            () -> {
              handle
                  .createUpdate(OPEN_ACCOUNT)
                  .bind("merchant", account.merchant().value())
                  .bind("kind", account.kind().name())
                  .bind("owner", account.owner())
                  .bind("at", at)
                  .execute();
              return find(handle, account).orElseThrow();
            });
  }

  /** The number of an account; empty if nothing was ever posted to it. */
  static Optional<Long> find(Handle handle, LedgerAccount account) {
    return handle
        .createQuery(ACCOUNT)
        .bind("merchant", account.merchant().value())
        .bind("kind", account.kind().name())
        .bind("owner", account.owner())
        .mapTo(Long.class)
        .findOne();
  }
}
