package dev.durablecheckout.workflows.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.refund.RefundStatus;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Each way a single checkout can go, with time skipped. */
@Execution(ExecutionMode.CONCURRENT)
class CheckoutWorkflowTest {
  private final Scene scene = new Scene(factoryOptions());

  WorkerFactoryOptions factoryOptions() {
    return WorkerFactoryOptions.getDefaultInstance();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void answersWithTheCredentialAsSoonAsTheChannelHas() {
    CheckoutView view = scene.open();

    assertThat(view.status()).isEqualTo(CheckoutStatus.AWAITING_PAYMENT);
    assertThat(view.payment().credential().type()).isEqualTo(PayCredential.Type.QR_CODE);
    assertThat(view.payment().timeExpire()).isEqualTo(view.deadline().minusSeconds(60));
  }

  @Test
  void paidByNotify() {
    scene.open();
    scene.notify(scene.channel.pay(scene.no(1)));

    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.PAID);
    assertThat(scene.end().paidBy()).isEqualTo(scene.no(1));
    assertPaidOnceAndNothingStray();
  }

  @Test
  void paidByQueryWhenTheNotifyIsLost() {
    scene.open();
    scene.pass(Duration.ofMinutes(3));
    scene.channel.pay(scene.no(1));

    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.PAID);
    assertPaidOnceAndNothingStray();
  }

  @Test
  void paidByConfirmWhenTheBuyerComesBackBeforeTheNotify() {
    scene.open();
    scene.channel.pay(scene.no(1));

    assertThat(scene.workflow().confirm().status()).isEqualTo(CheckoutStatus.PAID);
    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.PAID);
    assertPaidOnceAndNothingStray();
  }

  @Test
  void confirmOfAnUnpaidCheckoutSaysSo() {
    scene.open();

    assertThat(scene.workflow().confirm().status()).isEqualTo(CheckoutStatus.AWAITING_PAYMENT);
  }

  @Test
  void duplicateNotifiesCountOnce() {
    scene.open();
    TradeResult trade = scene.channel.pay(scene.no(1));
    scene.orders.down(true);
    scene.notify(trade);
    scene.notify(trade);
    scene.pass(Duration.ofSeconds(10));
    scene.notify(trade);
    scene.orders.down(false);

    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.PAID);
    assertPaidOnceAndNothingStray();
  }

  @Test
  void aNotifyThatComesBeforeTheChannelAnsweredUsCounts() {
    scene.open();
    TradeResult trade = scene.channel.pay(scene.no(1));
    try (Scene early = new Scene()) {
      early.channel.down(true);
      early.start(early.request(Duration.ofMinutes(30)));
      early.pass(Duration.ofSeconds(1));
      early.notify(
          new TradeResult(
              early.no(1), trade.state(), trade.tradeNo(), trade.amount(), early.now()));

      assertThat(early.end().status()).isEqualTo(CheckoutStatus.PAID);
    }
  }

  @Test
  void aWrongAmountPaysNothingAndCallsAPerson() {
    scene.open();
    scene.notify(scene.channel.pay(scene.no(1), new Money(1)));
    scene.pass(Duration.ofMinutes(1));

    assertThat(scene.books.status(scene.id)).isEqualTo(CheckoutStatus.AWAITING_PAYMENT);
    assertThat(scene.workflow().view().attention()).isEqualTo(Attention.AMOUNT_MISMATCH);
    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.CLOSED);
    assertThat(scene.books.attention(scene.id)).isEqualTo(Attention.AMOUNT_MISMATCH);
    assertThat(scene.orders.eventIds()).containsExactly("evt_closed_" + scene.id);
  }

  @Test
  void aWrongAmountDoesNotStandInTheWayOfTheRightOne() {
    scene.open();
    TradeResult right = scene.channel.pay(scene.no(1));
    scene.notify(
        new TradeResult(
            right.outTradeNo(), right.state(), right.tradeNo(), new Money(1), right.paidAt()));
    scene.notify(right);

    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.PAID);
  }

  @Test
  void aWrongAmountInAQueryIsSeenToo() {
    scene.open();
    scene.channel.pay(scene.no(1), new Money(1));

    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.CLOSED);
    assertThat(scene.books.attention(scene.id)).isEqualTo(Attention.AMOUNT_MISMATCH);
  }

  @Test
  void aWrongAmountThatACloseFindsIsSeenToo() {
    scene.open();
    scene.channel.scan(scene.no(1));
    scene.channel.beforeNextClose(() -> scene.channel.pay(scene.no(1), new Money(1)));

    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.CLOSED);
    assertThat(scene.books.attention(scene.id)).isEqualTo(Attention.AMOUNT_MISMATCH);
    assertThat(scene.orders.eventIds()).containsExactly("evt_closed_" + scene.id);
  }

  @Test
  void anotherCheckoutsNumberChangesNothing() {
    scene.open();
    TradeResult trade = scene.channel.pay(scene.no(1));
    scene.channel.down(true);
    scene.notify(
        new TradeResult(
            scene.no(7), trade.state(), trade.tradeNo(), trade.amount(), trade.paidAt()));
    scene.pass(Duration.ofSeconds(30));

    assertThat(scene.books.status(scene.id)).isEqualTo(CheckoutStatus.AWAITING_PAYMENT);
  }

  @Test
  void closesAfterThirtyMinutesWhenNobodyPays() {
    CheckoutView view = scene.open();
    scene.channel.scan(scene.no(1));

    CheckoutResult result = scene.end();
    assertThat(result.status()).isEqualTo(CheckoutStatus.CLOSED);
    assertThat(result.closeReason()).isEqualTo(CloseReason.EXPIRED);
    assertThat(scene.now()).isAfterOrEqualTo(view.deadline());
    assertThat(scene.books.payOrderStatus(scene.no(1))).isEqualTo(PayOrderStatus.CLOSED);
    assertThat(scene.orders.eventIds()).containsExactly("evt_closed_" + scene.id);
  }

  @Test
  void pollsLessAndLessOften() {
    scene.open();
    scene.channel.scan(scene.no(1));
    scene.end();

    // 5 s, 10 s ... 160 s, then every 5 minutes of the half hour.
    assertThat(scene.channel.queries()).isBetween(8, 14);
  }

  @Test
  void closesByCancelAndSaysWhy() {
    scene.open();
    scene.channel.scan(scene.no(1));

    assertThat(scene.workflow().cancel().closeReason()).isEqualTo(CloseReason.CANCELLED);
    assertThat(scene.end().closeReason()).isEqualTo(CloseReason.CANCELLED);
  }

  @Test
  void aCancellationInTheTemporalUiClosesToo() {
    scene.open();
    scene.channel.scan(scene.no(1));
    scene.untyped().cancel();

    // The run shows as canceled in the UI, after it has closed everything.
    assertThatThrownBy(scene::end).isInstanceOf(WorkflowFailedException.class);
    assertThat(scene.books.status(scene.id)).isEqualTo(CheckoutStatus.CLOSED);
  }

  @Test
  void cancelFindsOutThatItWasPaidFirst() {
    scene.open();
    scene.channel.pay(scene.no(1));

    assertRefused(() -> scene.workflow().cancel(), FailureType.ALREADY_PAID);
    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.PAID);
    assertPaidOnceAndNothingStray();
  }

  @Test
  void paidDuringTheCloseIsPaid() {
    scene.open();
    scene.channel.scan(scene.no(1));
    scene.channel.beforeNextClose(() -> scene.channel.pay(scene.no(1)));

    // The buyer pays at the last moment, after the last poll; paid_at is the deadline at the
    // latest.
    assertRefused(() -> scene.workflow().cancel(), FailureType.ALREADY_PAID);
    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.PAID);
    assertPaidOnceAndNothingStray();
  }

  @Test
  void aNotifyThatOvertakesTheCloseWins() {
    scene.open();
    scene.channel.scan(scene.no(1));
    scene.channel.beforeNextClose(() -> scene.notify(scene.channel.pay(scene.no(1))));

    assertRefused(() -> scene.workflow().cancel(), FailureType.ALREADY_PAID);
    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.PAID);
    assertPaidOnceAndNothingStray();
  }

  @Test
  void moneyAfterTheDeadlineGoesBack() {
    scene.open();
    scene.channel.scan(scene.no(1));
    scene.channel.beforeNextClose(() -> scene.channel.pay(scene.no(1)));

    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.CLOSED);
    assertRefunded();
  }

  @Test
  void paidWinsOverTheDeadlineInOneTask() {
    CheckoutView view = scene.open();
    scene.pass(Duration.ofMinutes(29));
    TradeResult trade = scene.channel.pay(scene.no(1));
    scene.channel.down(true);
    scene.temporal.getWorkerFactory().suspendPolling();
    scene.pass(Duration.between(scene.now(), view.deadline()).plusSeconds(30));
    scene.notify(trade);
    scene.temporal.getWorkerFactory().resumePolling();
    scene.channel.down(false);

    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.PAID);
    assertPaidOnceAndNothingStray();
  }

  @Test
  void neverScannedThenPaidAfterTheCancelIsFoundByTheWatchAndGoesBack() {
    scene.open();
    assertThat(scene.workflow().cancel().status()).isEqualTo(CheckoutStatus.CLOSED);
    scene.pass(Duration.ofMinutes(20));
    scene.channel.pay(scene.no(1));

    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.CLOSED);
    assertRefunded();
  }

  @Test
  void neverScannedThenPaidAfterTheCancelGoesBackOnItsNotify() {
    scene.open();
    scene.workflow().cancel();
    scene.pass(Duration.ofMinutes(1));
    scene.notify(scene.channel.pay(scene.no(1)));

    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.CLOSED);
    assertRefunded();
  }

  @Test
  void scannedAfterTheCancelAndLeftIsClosedByTheWatch() {
    scene.open();
    scene.workflow().cancel();
    scene.channel.scan(scene.no(1));

    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.CLOSED);
    assertThat(scene.channel.pay(scene.no(1)).paidAt()).isNull();
  }

  @Test
  void payingAgainTheSameWayGivesTheSameCredential() {
    CheckoutView first = scene.open();

    assertThat(scene.workflow().pay(Scene.QR).payment()).isEqualTo(first.payment());
    assertThat(scene.books.payOrders(scene.id)).hasSize(1);
  }

  @Test
  void payingAnotherWayClosesTheFirstAttempt() {
    scene.open();
    scene.channel.scan(scene.no(1));

    CheckoutView second = scene.workflow().pay(Scene.PAGE);
    assertThat(second.payment().outTradeNo()).isEqualTo(scene.no(2));
    assertThat(scene.books.payOrderStatus(scene.no(1))).isEqualTo(PayOrderStatus.CLOSED);
    scene.notify(scene.channel.pay(scene.no(2)));

    assertThat(scene.end().paidBy()).isEqualTo(scene.no(2));
    assertPaidOnceAndNothingStray();
  }

  @Test
  void payingAnotherWayFindsThatTheFirstIsPaid() {
    scene.open();
    scene.channel.pay(scene.no(1));

    assertThat(scene.workflow().pay(Scene.PAGE).status()).isEqualTo(CheckoutStatus.PAID);
    assertThat(scene.end().paidBy()).isEqualTo(scene.no(1));
    assertThat(scene.books.payOrders(scene.id)).hasSize(1);
  }

  @Test
  void bothAttemptsPaidOneCountsAndTheOtherGoesBack() {
    scene.open();
    scene.workflow().pay(Scene.PAGE);
    TradeResult first = scene.channel.pay(scene.no(1));
    TradeResult second = scene.channel.pay(scene.no(2));
    scene.notify(second);
    scene.notify(first);

    assertThat(scene.end().paidBy()).isEqualTo(scene.no(2));
    assertThat(scene.refund(1)).isEqualTo(RefundStatus.SUCCEEDED);
    assertThat(scene.channel.receiptsLessRefundsFen(scene.id)).isEqualTo(Scene.AMOUNT.amountFen());
  }

  @Test
  void theOldAttemptPaidWhileTheNewOneLivesCountsAndTheNewOneIsClosed() {
    scene.open();
    scene.workflow().pay(Scene.PAGE);
    scene.channel.scan(scene.no(2));
    scene.notify(scene.channel.pay(scene.no(1)));

    assertThat(scene.end().paidBy()).isEqualTo(scene.no(1));
    assertThat(scene.channel.pay(scene.no(2)).paidAt()).isNull();
    assertPaidOnceAndNothingStray();
  }

  @Test
  void tooLateToPayAgain() {
    scene.open();
    scene.pass(Duration.ofMinutes(28).plusSeconds(30));

    assertRefused(() -> scene.workflow().pay(Scene.PAGE), FailureType.TOO_LATE_TO_PAY);
  }

  @Test
  void aRefusedPrepayLeavesTheCheckoutPayable() {
    scene.channel.refusePrepay(
        new Refusal(Refusal.Code.LIMIT, "ACQ.TOTAL_FEE_EXCEED", "over the limit"));
    CheckoutView view = scene.open();
    assertThat(view.payment().status()).isEqualTo(PayOrderStatus.FAILED);
    assertThat(view.payment().refusal().code()).isEqualTo(Refusal.Code.LIMIT);

    scene.channel.refusePrepay(null);
    assertThat(scene.workflow().pay(Scene.PAGE).payment().credential()).isNotNull();
    scene.notify(scene.channel.pay(scene.no(2)));
    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.PAID);
  }

  @Test
  void aCheckoutThatTheBooksRefuseNeverBegins() {
    scene.books.refuseNextOpen(FailureType.OUT_OF_STOCK);

    assertRefused(() -> scene.open(), FailureType.OUT_OF_STOCK);
    assertThat(scene.end().refused()).isEqualTo(FailureType.OUT_OF_STOCK);
    assertThat(scene.channel.isPrepaid(scene.no(1))).isFalse();
  }

  @Test
  void aChannelThatIsDownOverTheDeadlineDelaysTheCloseAndCallsAPerson() {
    scene.open();
    scene.channel.scan(scene.no(1));
    scene.channel.down(true);
    scene.pass(Duration.ofMinutes(45));
    assertThat(scene.books.status(scene.id)).isEqualTo(CheckoutStatus.AWAITING_PAYMENT);
    assertThat(scene.books.attention(scene.id)).isEqualTo(Attention.CHANNEL_UNREACHABLE);

    scene.channel.down(false);
    assertThat(scene.end().closeReason()).isEqualTo(CloseReason.EXPIRED);
    assertThat(scene.books.attention(scene.id)).isNull();
  }

  @Test
  void aPaymentMadeInTimeCountsThoughTheChannelWasDownOverTheDeadline() {
    scene.open();
    scene.pass(Duration.ofMinutes(10));
    scene.channel.pay(scene.no(1));
    scene.channel.down(true);
    scene.pass(Duration.ofMinutes(40));
    scene.channel.down(false);

    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.PAID);
    assertPaidOnceAndNothingStray();
  }

  @Test
  void aChannelThatIsDownFromTheBeginningEndsAtTheDeadlineAllTheSame() {
    scene.channel.down(true);
    scene.start(scene.request(Duration.ofMinutes(30)));
    scene.pass(Duration.ofMinutes(35));
    scene.channel.down(false);

    assertThat(scene.end().closeReason()).isEqualTo(CloseReason.EXPIRED);
  }

  @Test
  void aDatabaseThatIsAwayOnlyDelays() {
    scene.open();
    scene.books.failNext(12);
    scene.notify(scene.channel.pay(scene.no(1)));

    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.PAID);
    assertPaidOnceAndNothingStray();
  }

  @Test
  void anOrderSystemThatIsAwayIsToldLaterAndAPersonIsCalled() {
    scene.orders.down(true);
    scene.open();
    scene.notify(scene.channel.pay(scene.no(1)));
    scene.pass(Duration.ofHours(3));
    assertThat(scene.books.attention(scene.id)).isEqualTo(Attention.EVENT_UNDELIVERED);

    scene.orders.down(false);
    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.PAID);
    assertThat(scene.orders.eventIds()).containsExactly("evt_paid_" + scene.id);
    assertThat(scene.books.attention(scene.id)).isNull();
  }

  private void assertPaidOnceAndNothingStray() {
    assertThat(scene.books.status(scene.id)).isEqualTo(CheckoutStatus.PAID);
    assertThat(scene.orders.eventIds()).containsExactly("evt_paid_" + scene.id);
    assertThat(scene.books.refunds(scene.id)).isEmpty();
    assertThat(scene.channel.receiptsLessRefundsFen(scene.id)).isEqualTo(Scene.AMOUNT.amountFen());
  }

  private void assertRefunded() {
    assertThat(scene.refund(1)).isEqualTo(RefundStatus.SUCCEEDED);
    assertThat(scene.books.refunds(scene.id)).hasSize(1);
    assertThat(scene.channel.receiptsLessRefundsFen(scene.id)).isZero();
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, FailureType type) {
    assertThatThrownBy(call)
        .isInstanceOf(WorkflowUpdateException.class)
        .rootCause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo(type.name()));
  }
}
