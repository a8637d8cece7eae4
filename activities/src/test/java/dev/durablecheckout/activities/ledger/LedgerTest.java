package dev.durablecheckout.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.activities.db.AtOnce;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger on a real PostgreSQL: once for each key, balanced, and never changed. */
final class LedgerTest {
  private static final MerchantId SHOP = MerchantId.of("shop");
  private static final MerchantId OTHER = MerchantId.of("other");
  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");
  private static final Money AMOUNT = new Money(500);

  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void close() {
    database.close();
  }

  private static Posting topUp(MerchantId merchant, String buyer, String reference, long fen) {
    return Posting.transfer(
        BusinessKey.topUp(reference),
        PostingKind.TOP_UP,
        LedgerAccount.of(merchant, AccountKind.SUSPENSE),
        LedgerAccount.wallet(merchant, buyer),
        new Money(fen),
        Map.of("reference", reference));
  }

  private Posted post(Posting posting) {
    return database.jdbi().inTransaction(handle -> Ledger.post(handle, posting, NOW));
  }

  private void execute(String script) {
    database.jdbi().useTransaction(handle -> handle.createScript(script).execute());
  }

  private long count(String table) {
    return database
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  @Test
  void theSamePostingTwiceIsOnce() {
    Posted first = post(topUp(SHOP, "ann", "B-1", 500));
    Posted again = post(topUp(SHOP, "ann", "B-1", 500));

    assertThat(first.isNew()).isTrue();
    assertThat(again).isEqualTo(new Posted(first.id(), NOW, false));
    assertThat(count("ledger_entries")).isEqualTo(2);
  }

  @Test
  void theSameKeyWithOtherContentsIsRefused() {
    post(topUp(SHOP, "ann", "B-1", 500));

    for (Posting other : List.of(topUp(SHOP, "ann", "B-1", 501), topUp(SHOP, "bob", "B-1", 500))) {
      assertThatExceptionOfType(PostingRefusedException.class).isThrownBy(() -> post(other));
    }
    assertThat(count("ledger_postings")).isEqualTo(1);
  }

  @Test
  void aKeyIsTheMerchantsOwn() {
    assertThat(post(topUp(SHOP, "ann", "B-1", 500)).isNew()).isTrue();
    assertThat(post(topUp(OTHER, "ann", "B-1", 70)).isNew()).isTrue();
  }

  @Test
  void ofManyAtOnceOnePosts() throws Exception {
    List<Posted> posted =
        AtOnce.call(Collections.nCopies(12, () -> post(topUp(SHOP, "ann", "B-1", 500))));

    assertThat(posted).filteredOn(Posted::isNew).hasSize(1);
    assertThat(posted).extracting(Posted::id).containsOnly(posted.get(0).id());
    assertThat(count("ledger_entries")).isEqualTo(2);
  }

  @Test
  void whatDoesNotBalanceCannotBeSaid() {
    LedgerAccount suspense = LedgerAccount.of(SHOP, AccountKind.SUSPENSE);
    LedgerAccount wallet = LedgerAccount.wallet(SHOP, "ann");
    LedgerAccount foreign = LedgerAccount.wallet(OTHER, "ann");
    LedgerEntry debit = LedgerEntry.debit(suspense, AMOUNT);

    for (List<LedgerEntry> wrong :
        List.of(
            List.of(debit),
            List.of(debit, LedgerEntry.credit(wallet, new Money(499))),
            List.of(debit, LedgerEntry.debit(wallet, AMOUNT)),
            List.of(debit, LedgerEntry.credit(foreign, AMOUNT)))) {
      assertThatThrownBy(
              () ->
                  new Posting(SHOP, BusinessKey.topUp("B-1"), PostingKind.TOP_UP, wrong, Map.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> LedgerEntry.debit(suspense, Money.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Posting 1 has accounts 1 and 2; account 3 is another merchant's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into ledger_postings (merchant, business_key, kind, lines, posted_at, detail) values ('shop', 'x', 'TOP_UP', 2, now(), '{}')",
        "insert into ledger_entries values (1, 3, 1, 5, 0)",
        "insert into ledger_entries values (1, 3, 1, 5, 0), (1, 4, 2, 0, 5)",
        "insert into ledger_postings overriding system value values (99, 'shop', 'x', 'TOP_UP', 2, now(), '{}'); insert into ledger_entries values (99, 1, 1, 5, 0), (99, 2, 2, 0, 4)",
        "insert into ledger_postings overriding system value values (99, 'shop', 'x', 'TOP_UP', 2, now(), '{}'); insert into ledger_entries values (99, 1, 1, 5, 0), (99, 2, 3, 0, 5)",
        "insert into ledger_postings overriding system value values (99, 'shop', 'x', 'TOP_UP', 3, now(), '{}'); insert into ledger_entries values (99, 1, 1, 5, 0), (99, 2, 2, 0, 5)",
        "update ledger_entries set debit_fen = 1, credit_fen = 0",
        "update ledger_entries set account = 1",
        "update ledger_postings set business_key = 'x'",
        "update ledger_accounts set owner = 'x' where account = 2",
        "delete from ledger_entries",
        "delete from ledger_postings",
        "truncate ledger_entries",
        "truncate ledger_postings cascade"
      })
  void theDatabaseRefusesWhatDoesNotBalanceAndWhatChangesThePast(String violation) {
    post(topUp(SHOP, "ann", "B-1", 500));
    execute(
        "insert into ledger_accounts (merchant, kind, owner, created_at) values ('other', 'WALLET', 'ann', now())");

    assertThatThrownBy(() -> execute(violation))
        .isInstanceOf(JdbiException.class)
        .rootCause()
        .hasMessageMatching("(?s).*(append-only|posting \\d+ has).*");
    assertThat(count("ledger_entries")).isEqualTo(2);
  }

  @Test
  void theDocsNameEachAccountAndEachKindOfPosting() throws IOException {
    String docs =
        Files.readString(Path.of(System.getProperty("project.root"), "docs", "ledger.md"));

    for (AccountKind kind : AccountKind.values()) {
      assertThat(docs).contains("\n| `" + kind + "` |");
    }
    for (PostingKind kind : PostingKind.values()) {
      assertThat(docs).contains("` | `" + kind + "` | `");
    }
  }

  @Test
  void aTrialBalanceIsZero() {
    post(topUp(SHOP, "ann", "B-1", 500));
    post(topUp(SHOP, "bob", "B-2", 70));

    List<String> balances =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(TrialBalance.fromTheDocs())
                        .bind("merchant", "shop")
                        .map(
                            (row, context) ->
                                row.getString("kind")
                                    + " "
                                    + row.getLong("debit_fen")
                                    + " "
                                    + row.getLong("credit_fen"))
                        .list());

    assertThat(balances).containsExactly("SUSPENSE 570 0", "WALLET 0 570");
  }
}
