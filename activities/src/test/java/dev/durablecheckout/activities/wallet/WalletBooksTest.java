package dev.durablecheckout.activities.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.durablecheckout.activities.audit.Audit;
import dev.durablecheckout.activities.db.AtOnce;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.ledger.PostingRefusedException;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Wallets are filled once for each reference. */
final class WalletBooksTest {
  private static final MerchantId SHOP = MerchantId.of("shop");
  private static final MerchantId OTHER = MerchantId.of("other");

  private final TestDatabase database = TestDatabase.create();
  private final WalletBooks wallets = new WalletBooks(database.jdbi(), Clock.systemUTC());

  @AfterEach
  void close() {
    assertThat(new Audit(database.jdbi(), Clock.systemUTC(), Duration.ZERO).run()).isEmpty();
    database.close();
  }

  private long balance(MerchantId merchant, String buyer) {
    return wallets.find(merchant, buyer).balance().amountFen();
  }

  @Test
  void aBuyerWhoHasPutNothingInHasNothing() {
    assertThat(wallets.find(SHOP, "ann")).isEqualTo(new Wallet(SHOP, "ann", Money.ZERO));
  }

  @Test
  void aReferenceFillsTheWalletOnce() {
    assertThat(wallets.topUp(SHOP, "ann", new Money(500), "B-1")).isTrue();
    assertThat(wallets.topUp(SHOP, "ann", new Money(500), "B-1")).isFalse();
    assertThat(wallets.topUp(SHOP, "ann", new Money(30), "B-2")).isTrue();

    assertThat(balance(SHOP, "ann")).isEqualTo(530);
  }

  @Test
  void aReferenceForAnotherAmountOrBuyerIsRefusedAndFillsNothing() {
    wallets.topUp(SHOP, "ann", new Money(500), "B-1");

    assertThatExceptionOfType(PostingRefusedException.class)
        .isThrownBy(() -> wallets.topUp(SHOP, "ann", new Money(501), "B-1"));
    assertThatExceptionOfType(PostingRefusedException.class)
        .isThrownBy(() -> wallets.topUp(SHOP, "bob", new Money(500), "B-1"));
    assertThat(balance(SHOP, "ann")).isEqualTo(500);
    assertThat(balance(SHOP, "bob")).isZero();
  }

  @Test
  void theSameBuyerIdAtTwoMerchantsIsTwoWallets() {
    wallets.topUp(SHOP, "ann", new Money(500), "B-1");
    wallets.topUp(OTHER, "ann", new Money(70), "B-1");

    assertThat(balance(SHOP, "ann")).isEqualTo(500);
    assertThat(balance(OTHER, "ann")).isEqualTo(70);
  }

  @Test
  void manyAtOnceAddUpAlsoWhereTheWalletIsNew() throws Exception {
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String reference = "B-" + i / 2;
      calls.add(() -> wallets.topUp(SHOP, "ann", new Money(100), reference));
    }

    assertThat(AtOnce.call(calls)).filteredOn(isNew -> isNew).hasSize(15);
    assertThat(balance(SHOP, "ann")).isEqualTo(1500);
  }
}
