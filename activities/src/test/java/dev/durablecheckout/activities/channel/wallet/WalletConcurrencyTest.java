package dev.durablecheckout.activities.channel.wallet;

import static dev.durablecheckout.activities.channel.wallet.WalletScene.insist;
import static dev.durablecheckout.activities.channel.wallet.WalletScene.refund;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.audit.AuditFinding;
import dev.durablecheckout.activities.db.AtOnce;
import dev.durablecheckout.workflows.checkout.CheckoutClosing;
import dev.durablecheckout.workflows.checkout.CloseReason;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.refund.RefundResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One wallet in many hands at once. */
final class WalletConcurrencyTest {
  private final WalletScene scene = new WalletScene();

  @AfterEach
  void close() {
    assertThat(scene.audit()).extracting(AuditFinding::law).doesNotContain(3);
    scene.close();
  }

  private List<PayOrder> open(int count) {
    List<PayOrder> opened = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      opened.add(scene.open("shop.A" + i));
    }
    return opened;
  }

  @Test
  void ofFiftyPaymentsAtOnceAsManySucceedAsTheWalletHolds() throws Exception {
    scene.topUp("shop", 20 * 700 + 699);
    List<Callable<PrepayResult>> payments = new ArrayList<>();
    open(50).forEach(payOrder -> payments.add(() -> scene.pay(payOrder)));

    List<PrepayResult> results = AtOnce.call(payments);

    assertThat(results).filteredOn(result -> result.trade() != null).hasSize(20);
    assertThat(scene.balance("shop")).isEqualTo(699);
    assertThat(scene.rows())
        .containsEntry("ledger_postings", 21L)
        .containsEntry("wallet_trades", 20L);
    assertThat(scene.audit()).extracting(AuditFinding::law).doesNotContain(4);
  }

  @Test
  void oneOrderPaidManyTimesAtOnceIsPaidOnce() throws Exception {
    scene.topUp("shop", 7000);
    PayOrder payOrder = scene.open("shop.A");

    List<PrepayResult> results = AtOnce.call(Collections.nCopies(12, () -> scene.pay(payOrder)));

    assertThat(results).containsOnly(results.get(0)).doesNotContainNull();
    assertThat(results.get(0).trade()).isNotNull();
    assertThat(scene.balance("shop")).isEqualTo(6300);
  }

  @Test
  void aPaymentAndACloseOfOneOrderHaveOneOutcome() throws Exception {
    scene.topUp("shop", 100_000);
    int paid = 0;
    for (PayOrder payOrder : open(40)) {
      List<Object> both =
          AtOnce.call(
              List.of(
                  () -> scene.pay(payOrder), () -> insist(() -> scene.channel.close(payOrder))));
      boolean isPaid = ((PrepayResult) both.get(0)).trade() != null;
      assertThat(((CloseResult) both.get(1)).outcome())
          .isEqualTo(isPaid ? CloseResult.Outcome.ALREADY_PAID : CloseResult.Outcome.CLOSED);
      assertThat(scene.status(payOrder))
          .isEqualTo(isPaid ? "PAID SUCCEEDED" : "AWAITING_PAYMENT PAYING");
      paid += isPaid ? 1 : 0;
    }
    assertThat(scene.balance("shop")).isEqualTo(100_000 - 700L * paid);
  }

  @Test
  void refundsAtOnceNeverExceedWhatWasPaid() throws Exception {
    scene.topUp("shop", 700);
    PayOrder payOrder = scene.open("shop.A");
    scene.pay(payOrder);
    List<Callable<RefundResult>> refunds = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String no = "R" + i / 2;
      refunds.add(() -> insist(() -> scene.channel.refund(refund(payOrder, no, 200))));
    }

    List<RefundResult> results = AtOnce.call(refunds);

    assertThat(results).filteredOn(result -> result.refundedAt() != null).hasSize(6);
    assertThat(scene.balance("shop")).as("three numbers, each twice").isEqualTo(600);
  }

  /** Locks in another order would wait for each other here. */
  @Test
  void everythingAtOnceEndsWithoutADeadlock() throws Exception {
    scene.topUp("shop", 100_000);
    List<Callable<Object>> calls = new ArrayList<>();
    int number = 0;
    for (PayOrder payOrder : open(20)) {
      String no = "R" + number++;
      calls.add(() -> scene.pay(payOrder));
      calls.add(() -> insist(() -> scene.channel.close(payOrder)));
      calls.add(() -> insist(() -> scene.channel.refund(refund(payOrder, no, 700))));
      calls.add(
          () ->
              scene.checkouts.recordClosed(
                  new CheckoutClosing(payOrder.checkoutId(), CloseReason.CANCELLED, List.of())));
    }

    assertThat(AtOnce.call(calls)).hasSize(80);
    assertThat(scene.balance("shop")).isBetween(100_000L - 20 * 700, 100_000L);
  }
}
