package dev.durablecheckout.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Payments of one merchant all go to the same two accounts. None waits for another: with a limit of
 * 1 ms on any wait for a lock, they post while others that have posted are held open.
 */
final class NoHotRowTest {
  private static final MerchantId SHOP = MerchantId.of("shop");
  private static final int AT_ONCE = 200;

  private final TestDatabase database = TestDatabase.create();
  private final List<Handle> open = new ArrayList<>();

  @BeforeEach
  void openTheAccounts() {
    database.jdbi().useTransaction(handle -> pay(handle, "FIRST"));
  }

  @AfterEach
  void close() {
    open.stream().filter(Handle::isInTransaction).forEach(Handle::rollback);
    open.forEach(Handle::close);
    database.close();
  }

  private static void pay(Handle handle, String no) {
    Posted unused =
        Ledger.post(
            handle,
            Posting.transfer(
                BusinessKey.payment(OutTradeNo.of(no)),
                PostingKind.PAYMENT,
                LedgerAccount.channel(SHOP, Channel.ALIPAY),
                LedgerAccount.of(SHOP, AccountKind.SALES),
                new Money(700),
                Map.of()),
            Instant.EPOCH);
  }

  /** A transaction that gives up rather than wait. */
  private Handle begin() throws Exception {
    Connection connection =
        DriverManager.getConnection(
            database.configuration().url(), database.configuration().user(), null);
    Handle handle = Jdbi.open(connection);
    open.add(handle);
    handle.begin();
    handle.execute("set local lock_timeout = '1ms'");
    return handle;
  }

  @Test
  void paymentsThatAreHeldOpenHoldUpNoOther() throws Exception {
    for (int i = 0; i < AT_ONCE; i++) {
      pay(begin(), "P" + i);
    }
    open.forEach(Handle::commit);

    assertThat(PostedLines.of(database.jdbi())).hasSize(AT_ONCE + 1);
    assertThat(new LedgerReader(database.jdbi()).trialBalance(SHOP, null))
        .extracting(AccountBalance::fen)
        .containsExactly(700L * (AT_ONCE + 1), -700L * (AT_ONCE + 1));
  }

  /** That the limit is one: the same payment twice has to wait. */
  @Test
  void onlyTheSamePaymentWaitsForItself() throws Exception {
    pay(begin(), "SAME");
    Handle second = begin();

    assertThatThrownBy(() -> pay(second, "SAME")).rootCause().hasMessageContaining("lock timeout");
  }
}
