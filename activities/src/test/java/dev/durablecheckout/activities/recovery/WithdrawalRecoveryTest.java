package dev.durablecheckout.activities.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.wallet.WalletBooks;
import dev.durablecheckout.activities.withdrawal.OpenWithdrawals;
import dev.durablecheckout.workflows.client.WorkflowToStart;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.recovery.SweepReport;
import dev.durablecheckout.workflows.withdrawal.Payee;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRecord;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Withdrawals whose workflow is gone come back from the books, and pay nobody twice. */
@Timeout(90)
final class WithdrawalRecoveryTest {
  private static final MerchantId SHOP = MerchantId.of("shop");
  private static final MerchantOrderNo NUMBER = MerchantOrderNo.of("OUT-1");
  private static final WithdrawalNo NO = WithdrawalNo.of(SHOP, NUMBER);
  private static final String ASKED = "query " + NO;

  private final RecoveryScene scene = new RecoveryScene();
  private final WalletBooks wallets = new WalletBooks(scene.database.jdbi(), scene.clock);

  @BeforeEach
  void hold() {
    wallets.topUp(SHOP, "ann", new Money(1_000), "B-1");
    WithdrawalRecord unused =
        scene.withdrawals.hold(
            new WithdrawalRequest(
                new Payout(
                    NO,
                    SHOP,
                    Channel.ALIPAY,
                    new Money(600),
                    new Payee(Payee.Kind.ALIPAY_USER_ID, "2088102146225135", null),
                    "your money"),
                NUMBER,
                "ann",
                "request-1",
                "fingerprint-1"));
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private void paid(Instant at) {
    PayoutResult paid = PayoutResult.succeeded("P-1", at, null);
    scene.payouts.become(paid);
    record(paid);
  }

  private void record(PayoutResult result) {
    WithdrawalRecord unused = scene.withdrawals.record(NO, result, PaySource.QUERY, null);
  }

  private void delivered() {
    int events =
        scene
            .database
            .jdbi()
            .withHandle(handle -> handle.execute("update events set delivered_at = created_at"));
    assertThat(events).isEqualTo(1);
  }

  private String status() {
    return scene.one("select status from withdrawals");
  }

  private long balance() {
    return wallets.find(SHOP, "ann").balance().amountFen();
  }

  @Test
  void oneWhoseMoneyIsHeldIsPaidUnderItsNumber() {
    assertThat(scene.sweep().startedIds()).containsExactly(NO.workflowId());
    scene.awaitEnd(NO.workflowId());

    assertThat(status()).isEqualTo("SUCCEEDED");
    assertThat(scene.payouts.calls()).containsOnlyOnce("pay " + NO);
    assertThat(scene.audit()).isEmpty();
  }

  @Test
  void oneThatWasPaidIsWatchedToTheEndOfItsWeekAndNotPaidAgain() {
    paid(scene.now());
    delivered();
    Instant week = scene.now().plus(Duration.ofDays(7));

    assertThat(scene.sweep().startedIds()).containsExactly(NO.workflowId());
    assertThat(scene.sweep()).isEqualTo(SweepReport.alive(1));
    scene.awaitEnd(NO.workflowId());

    assertThat(scene.now()).isAfterOrEqualTo(week);
    assertThat(status()).isEqualTo("SUCCEEDED");
    assertThat(scene.payouts.calls()).containsOnly(ASKED);
    assertThat(scene.sweep()).isEqualTo(SweepReport.NOTHING);
    assertThat(scene.audit()).isEmpty();
  }

  @Test
  void whatCameBackWhileNobodyWatchedIsInTheWallet() {
    paid(scene.now());
    delivered();
    scene.payouts.become(PayoutResult.returned("P-1", scene.now(), null));
    assertThat(balance()).isEqualTo(400);

    assertThat(scene.sweep().startedIds()).containsExactly(NO.workflowId());
    scene.awaitEnd(NO.workflowId());

    assertThat(status()).isEqualTo("RETURNED");
    assertThat(balance()).isEqualTo(1_000);
    assertThat(scene.world.events()).hasSize(1);
    assertThat(scene.payouts.calls()).containsOnly(ASKED);
    assertThat(scene.audit()).isEmpty();
  }

  @Test
  void ofOnePaidLongAgoTheOrderSystemHearsAllTheSame() {
    paid(scene.now().minus(Duration.ofDays(30)));

    assertThat(scene.sweep().startedIds()).containsExactly(NO.workflowId());
    scene.awaitEnd(NO.workflowId());

    assertThat(scene.world.events()).hasSize(1);
    assertThat(scene.payouts.calls()).containsOnly(ASKED);
    assertThat(scene.sweep()).isEqualTo(SweepReport.NOTHING);
  }

  @Test
  void ofOneThatFailedTheOrderSystemHearsAndTheChannelIsLeftAlone() {
    record(
        PayoutResult.refused(
            null, new Refusal(Refusal.Code.BUYER_ACCOUNT, "PAYEE_NOT_EXIST", "no such account")));

    assertThat(scene.sweep().startedIds()).containsExactly(NO.workflowId());
    scene.awaitEnd(NO.workflowId());

    assertThat(scene.world.events()).hasSize(1);
    assertThat(scene.payouts.calls()).isEmpty();
    assertThat(scene.sweep()).isEqualTo(SweepReport.NOTHING);
  }

  @Test
  void oneThatWasPaidIsRebuiltWithoutItsPayeeAsLongAsNewsCanMoveIt() {
    OpenWithdrawals open = new OpenWithdrawals(scene.database.jdbi(), scene.clock);
    assertThat(payee(open.rebuildForNews(NO))).isNotNull();

    paid(scene.now().minus(Duration.ofDays(30)));
    delivered();
    assertThat(open.rebuild(NO.value())).isEmpty();
    assertThat(open.rebuildForNews(NO)).isPresent();
    assertThat(payee(open.rebuildForNews(NO))).isNull();

    record(PayoutResult.returned("P-1", scene.now(), null));
    assertThat(open.rebuildForNews(NO)).isEmpty();
    assertThat(open.rebuildForNews(WithdrawalNo.of("W404"))).isEmpty();
  }

  private static Payee payee(Optional<WorkflowToStart> work) {
    return ((WithdrawalRequest) work.orElseThrow().input()).payout().payee();
  }
}
