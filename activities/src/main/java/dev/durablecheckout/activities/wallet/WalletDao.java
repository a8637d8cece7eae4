package dev.durablecheckout.activities.wallet;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.activities.json.BookJson;
import dev.durablecheckout.activities.ledger.Ledger;
import dev.durablecheckout.activities.ledger.LedgerAccount;
import dev.durablecheckout.activities.ledger.Posted;
import dev.durablecheckout.activities.ledger.Posting;
import dev.durablecheckout.activities.ledger.PostingKind;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Rows of wallets. A balance changes only by {@link #post}, under the row's lock, by what the
 * posting says; the database refuses one below zero. Whoever locks a checkout as well locks it
 * first, so that two cannot wait for each other.
 */
public final class WalletDao {
  private static final String FIND =
      "select * from wallets where merchant = :merchant and buyer_id = :buyer";
  private static final String OPEN =
      """
      insert into wallets (merchant, buyer_id, account, balance_fen, updated_at)
      values (:merchant, :buyer, :account, 0, :at)
      on conflict (merchant, buyer_id) do nothing
      """;
  private static final String MOVE =
      """
      update wallets set balance_fen = balance_fen + :creditFen - :debitFen, updated_at = :at
      where merchant = :merchant and buyer_id = :buyer
      """;

  // Postings of one wallet are made under its lock: their numbers grow in the order of what
  // happened.
  private static final String ENTRIES =
      """
      select * from (
        select p.posting, p.posted_at, p.kind, p.detail, e.debit_fen, e.credit_fen,
          sum(e.credit_fen - e.debit_fen) over (order by p.posting, e.line)::bigint as balance_fen
        from wallets w join ledger_entries e using (account) join ledger_postings p using (posting)
        where w.merchant = :merchant and w.buyer_id = :buyer) entries
      where cast(:before as bigint) is null or posting < :before
      order by posting desc limit :limit
      """;

  private WalletDao() {}

  /** As it is now; empty if nothing was ever put in. */
  public static Optional<Wallet> find(Handle handle, MerchantId merchant, String buyerId) {
    return find(handle, FIND, merchant, buyerId);
  }

  /** Locked until the end of the transaction; empty if nothing was ever put in. */
  public static Optional<Wallet> lock(Handle handle, MerchantId merchant, String buyerId) {
    return find(handle, FIND + " for update", merchant, buyerId);
  }

  /** Locked until the end of the transaction; opened if it is new. */
  static Wallet lockOrOpen(Handle handle, MerchantId merchant, String buyerId, Instant at) {
    return lock(handle, merchant, buyerId)
        .orElseGet(
            () -> {
              handle
                  .createUpdate(OPEN)
                  .bind("merchant", merchant.value())
                  .bind("buyer", buyerId)
                  .bind(
                      "account",
                      Ledger.account(handle, LedgerAccount.wallet(merchant, buyerId), at))
                  .bind("at", at)
                  .execute();
              return lock(handle, merchant, buyerId).orElseThrow();
            });
  }

  private static Optional<Wallet> find(
      Handle handle, String sql, MerchantId merchant, String buyerId) {
    return handle
        .createQuery(sql)
        .bind("merchant", merchant.value())
        .bind("buyer", buyerId)
        .map(
            (row, context) ->
                new Wallet(merchant, buyerId, Money.ofFen(row.getLong("balance_fen"))))
        .findOne();
  }

  /** The latest first, from those before a posting, if there is one. */
  static List<WalletEntry> entries(
      Handle handle, MerchantId merchant, String buyerId, @Nullable Long before, int limit) {
    return handle
        .createQuery(ENTRIES)
        .bind("merchant", merchant.value())
        .bind("buyer", buyerId)
        .bind("before", before)
        .bind("limit", limit)
        .map((row, context) -> entry(row))
        .list();
  }

  private static WalletEntry entry(ResultSet row) throws SQLException {
    Map<String, String> numbers = BookJson.read(row.getString("detail"), new TypeReference<>() {});
    return new WalletEntry(
        row.getLong("posting"),
        Columns.instant(row, "posted_at"),
        Columns.constant(row, "kind", PostingKind.class),
        Money.ofFen(row.getLong("credit_fen")),
        Money.ofFen(row.getLong("debit_fen")),
        Money.ofFen(row.getLong("balance_fen")),
        numbers);
  }

  /**
   * Posts what moves the balance of a wallet that is locked, and moves it. Idempotent as the ledger
   * is: what was posted before moves nothing.
   */
  public static Posted post(Handle handle, Wallet locked, Posting posting, Instant at) {
    Money debit = posting.debits(locked.account());
    Money credit = posting.credits(locked.account());
    checkArgument(!debit.equals(credit), "%s does not move the wallet", posting.key());
    Posted posted = Ledger.post(handle, posting, at);
    if (posted.isNew()) {
      handle
          .createUpdate(MOVE)
          .bind("debitFen", debit.amountFen())
          .bind("creditFen", credit.amountFen())
          .bind("merchant", locked.merchant().value())
          .bind("buyer", locked.buyerId())
          .bind("at", at)
          .execute();
    }
    return posted;
  }
}
