package dev.durablecheckout.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Statements and trial balances are complete, agree with each other, and are the merchant's own.
 */
final class LedgerReaderTest {
  private static final MerchantId SHOP = MerchantId.of("shop");
  private static final MerchantId OTHER = MerchantId.of("other");
  private static final Instant NOON = Instant.parse("2026-11-24T04:00:00Z");
  private static final Instant FOREVER = Instant.parse("9999-01-01T00:00:00Z");
  private static final LedgerAccount ALIPAY = LedgerAccount.channel(SHOP, Channel.ALIPAY);
  private static final LedgerAccount SALES = LedgerAccount.of(SHOP, AccountKind.SALES);

  private final TestDatabase database = TestDatabase.create();
  private final LedgerReader reader = new LedgerReader(database.jdbi());

  @AfterEach
  void close() {
    database.close();
  }

  private void pay(MerchantId merchant, String no, long fen, Instant at) {
    post(
        Posting.transfer(
            BusinessKey.payment(OutTradeNo.of(no)),
            PostingKind.PAYMENT,
            LedgerAccount.channel(merchant, Channel.ALIPAY),
            LedgerAccount.of(merchant, AccountKind.SALES),
            new Money(fen),
            Map.of("out_trade_no", no)),
        at);
  }

  private void keepFee(long fen, Instant at) {
    post(
        Posting.transfer(
            BusinessKey.fee(Channel.ALIPAY, java.time.LocalDate.EPOCH),
            PostingKind.FEE,
            LedgerAccount.of(SHOP, AccountKind.FEE),
            ALIPAY,
            new Money(fen),
            Map.of()),
        at);
  }

  private void topUp(String buyer, long fen) {
    post(
        Posting.transfer(
            BusinessKey.topUp(buyer),
            PostingKind.TOP_UP,
            LedgerAccount.of(SHOP, AccountKind.SUSPENSE),
            LedgerAccount.wallet(SHOP, buyer),
            new Money(fen),
            Map.of()),
        NOON);
  }

  private void post(Posting posting, Instant at) {
    Posted unused = database.jdbi().inTransaction(handle -> Ledger.post(handle, posting, at));
  }

  private static StatementPeriod all(LedgerAccount account) {
    return new StatementPeriod(account, StatementPeriod.BEGINNING, FOREVER);
  }

  private static List<String> lines(StatementPage page) {
    return page.lines().stream()
        .map(
            line ->
                line.key()
                    + " "
                    + line.debit().amountFen()
                    + " "
                    + line.credit().amountFen()
                    + " "
                    + line.position().balanceFen())
        .toList();
  }

  private List<String> balances(@Nullable Instant before) {
    return reader.trialBalance(SHOP, before).stream()
        .map(one -> one.account().label() + " " + one.debitFen() + " " + one.creditFen())
        .toList();
  }

  @Test
  void aStatementHasEachLineAndTheBalanceAfterIt() {
    pay(SHOP, "P1", 700, NOON);
    keepFee(4, NOON.plusSeconds(1));

    StatementPage page = reader.statement(all(ALIPAY), null, 10);

    assertThat(page.openingFen()).isZero();
    assertThat(lines(page))
        .containsExactly("payment:P1 700 0 700", "fee:ALIPAY:1970-01-01 0 4 696");
    assertThat(page.closingFen()).isEqualTo(696);
    assertThat(page.next()).isEmpty();
    assertThat(page.lines().get(0).detail()).containsEntry("out_trade_no", "P1");
    assertThat(lines(reader.statement(all(SALES), null, 10)))
        .containsExactly("payment:P1 0 700 -700");
  }

  @Test
  void whatOnePeriodClosesWithTheNextOpensWithAndTheTrialBalanceSays() {
    pay(SHOP, "P1", 700, NOON.minusNanos(1000));
    pay(SHOP, "P2", 50, NOON);
    pay(SHOP, "P3", 9, NOON.plusSeconds(60));

    StatementPage morning =
        reader.statement(new StatementPeriod(ALIPAY, NOON.minusSeconds(60), NOON), null, 10);
    StatementPage minute =
        reader.statement(new StatementPeriod(ALIPAY, NOON, NOON.plusSeconds(60)), null, 10);

    assertThat(lines(morning)).containsExactly("payment:P1 700 0 700");
    assertThat(minute.openingFen()).isEqualTo(morning.closingFen());
    assertThat(lines(minute)).containsExactly("payment:P2 50 0 750");
    assertThat(balances(NOON)).containsExactly("CHANNEL/ALIPAY 700 0", "SALES 0 700");
    assertThat(balances(NOON.plusSeconds(60)))
        .containsExactly("CHANNEL/ALIPAY 750 0", "SALES 0 750");
    assertThat(balances(null)).containsExactly("CHANNEL/ALIPAY 759 0", "SALES 0 759");
  }

  /** Many at one instant, and posted in another order than they happened. */
  @Test
  void pagesOfAnySizeMakeTheWholeStatement() {
    for (int i = 0; i < 12; i++) {
      pay(SHOP, "P" + i, 100 + i, NOON.minusSeconds(i / 4));
    }
    List<String> whole = lines(reader.statement(all(ALIPAY), null, 100));
    assertThat(whole).hasSize(12).last().asString().endsWith(" " + (1200 + 66));

    for (int size = 1; size <= 13; size++) {
      List<String> pages = new ArrayList<>();
      Optional<StatementPosition> next = Optional.empty();
      long closing = 0;
      do {
        StatementPage page = reader.statement(all(ALIPAY), next.orElse(null), size);
        assertThat(page.openingFen()).isEqualTo(closing);
        closing = page.closingFen();
        pages.addAll(lines(page));
        next = page.next().flatMap(position -> StatementPosition.parse(position.text()));
      } while (next.isPresent());
      assertThat(pages).as("pages of %s", size).isEqualTo(whole);
    }
  }

  @Test
  void aPageStaysInItsPeriodWhateverItsPositionSays() {
    pay(SHOP, "P1", 700, NOON);
    pay(SHOP, "P2", 50, NOON.plusSeconds(60));
    StatementPeriod second =
        new StatementPeriod(ALIPAY, NOON.plusSeconds(30), NOON.plusSeconds(90));

    StatementPage page =
        reader.statement(second, new StatementPosition(Instant.EPOCH, 0, 0, 5), 10);

    assertThat(lines(page)).containsExactly("payment:P2 50 0 55");
  }

  @Test
  void anotherMerchantsMoneyIsNotToBeSeen() {
    pay(OTHER, "P1", 700, NOON);

    assertThat(balances(null)).isEmpty();
    assertThat(balances(FOREVER)).isEmpty();
    assertThat(reader.statement(all(ALIPAY), null, 10))
        .isEqualTo(new StatementPage(0, List.of(), Optional.empty()));
    assertThat(reader.accounts(SHOP, null, 10)).isEmpty();
  }

  @Test
  void allWalletsAreOneLineOfATrialBalance() {
    topUp("ann", 500);
    topUp("bob", 70);

    assertThat(balances(null)).containsExactly("SUSPENSE 570 0", "WALLET 0 570");
    assertThat(balances(NOON)).as("before any").isEmpty();
  }

  @Test
  void accountsComeInPages() {
    topUp("ann", 500);
    topUp("a/b", 70);
    pay(SHOP, "P1", 1, NOON);

    List<LedgerAccount> all = reader.accounts(SHOP, null, 10);

    assertThat(all)
        .extracting(LedgerAccount::label)
        .containsExactlyInAnyOrder(
            "CHANNEL/ALIPAY", "SALES", "SUSPENSE", "WALLET/a/b", "WALLET/ann");
    assertThat(reader.accounts(SHOP, null, 2)).isEqualTo(all.subList(0, 2));
    assertThat(reader.accounts(SHOP, all.get(1), 2)).isEqualTo(all.subList(2, 4));
    assertThat(reader.accounts(SHOP, all.get(4), 2)).isEmpty();
  }
}
