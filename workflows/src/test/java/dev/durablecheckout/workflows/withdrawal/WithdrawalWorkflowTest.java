package dev.durablecheckout.workflows.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Each way a withdrawal can go, with time skipped. However it goes, the money is in one place. */
@Execution(ExecutionMode.CONCURRENT)
class WithdrawalWorkflowTest {
  private static final PayoutResult TO_CONFIRM =
      PayoutResult.awaitingBuyer("P-1", new PayoutConfirmation("mch", "wx1", "package"));

  private final WithdrawalScene scene = new WithdrawalScene(factoryOptions());

  WorkerFactoryOptions factoryOptions() {
    return WorkerFactoryOptions.getDefaultInstance();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private static void assertRefused(FailureType type, ThrowingCallable command) {
    assertThatThrownBy(command)
        .isInstanceOf(WorkflowUpdateException.class)
        .rootCause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo(type.name()));
  }

  private void assertPaidOut() {
    assertThat(scene.books.wallet()).isEqualTo(400);
    assertThat(scene.books.paidOut()).isEqualTo(600);
    assertThat(scene.channel.timesPaid()).isEqualTo(1);
    assertThat(scene.told).containsExactly("WITHDRAWAL_SUCCEEDED");
  }

  private void assertBackInTheWallet() {
    assertThat(scene.books.wallet()).isEqualTo(1_000);
    assertThat(scene.books.paidOut()).isZero();
  }

  @Test
  void theMoneyIsHeldThenPaidThenTheOrderSystemHears() {
    WithdrawalView opened = scene.open();
    assertThat(opened.status()).isEqualTo(WithdrawalStatus.PROCESSING);
    assertThat(scene.books.wallet()).isEqualTo(400);
    assertThat(scene.books.paidOut()).isZero();

    scene.pass(Duration.ofMinutes(30));
    scene.channel.pays();
    scene.pass(Duration.ofHours(2));

    assertThat(scene.status()).isEqualTo(WithdrawalStatus.SUCCEEDED);
    assertPaidOut();
    assertThat(scene.end()).isEqualTo(WithdrawalStatus.SUCCEEDED);
    assertThat(scene.books.attentions()).isEmpty();
  }

  @Test
  void aNotifyIsFollowedByAQuestion() {
    scene.open();
    scene.channel.pays();

    scene.notify(PayoutResult.processing("P-1"));
    scene.pass(Duration.ofSeconds(1));

    assertThat(scene.status()).isEqualTo(WithdrawalStatus.SUCCEEDED);
    assertPaidOut();
  }

  @Test
  void moreThanTheWalletHoldsIsRefusedAndTheChannelNeverHearsOfIt() {
    assertRefused(FailureType.INSUFFICIENT_BALANCE, () -> scene.open(new Money(1_001)));

    assertThat(scene.channel.calls()).isEmpty();
    assertBackInTheWallet();
  }

  @Test
  void aLostAnswerIsAskedForAgainUnderTheSameNumberAndPaidOnce() {
    scene.channel.begin(PayoutResult.succeeded("P-1", scene.now(), null));
    scene.channel.line(FakePayouts.Line.ANSWERS_LOST);
    scene.begin();
    scene.pass(Duration.ofMinutes(20));
    assertThat(scene.status()).isEqualTo(WithdrawalStatus.HELD);
    assertThat(scene.books.attentions()).containsExactly("CHANNEL_UNREACHABLE");
    assertThat(scene.books.wallet()).isEqualTo(400);

    scene.channel.line(FakePayouts.Line.GOOD);
    scene.pass(Duration.ofMinutes(20));

    assertThat(scene.status()).isEqualTo(WithdrawalStatus.SUCCEEDED);
    assertPaidOut();
    assertThat(scene.books.attentions()).containsExactly("CHANNEL_UNREACHABLE", "-");
  }

  @Test
  void aDefiniteRefusalPutsTheMoneyBack() {
    scene.channel.begin(PayoutResult.refused("P-1", FakePayouts.NO_SUCH_PAYEE));

    WithdrawalView opened = scene.open();

    assertThat(opened.status()).isEqualTo(WithdrawalStatus.FAILED);
    assertThat(opened.refusal()).isEqualTo(FakePayouts.NO_SUCH_PAYEE);
    assertThat(scene.end()).isEqualTo(WithdrawalStatus.FAILED);
    assertBackInTheWallet();
    assertThat(scene.told).containsExactly("WITHDRAWAL_FAILED");
  }

  @Test
  void whatThePayersBalanceStopsIsTriedAgainUnderTheSameNumber() {
    scene.channel.stop(FakePayouts.NO_MONEY);

    WithdrawalView opened = scene.open();

    assertThat(opened.status()).isEqualTo(WithdrawalStatus.HELD);
    assertThat(opened.stopped()).isEqualTo(FakePayouts.NO_MONEY);
    assertThat(opened.attention()).isEqualTo(WithdrawalAttention.PAYOUT_STOPPED);
    assertThat(scene.books.wallet()).isEqualTo(400);

    scene.pass(Duration.ofHours(8));
    assertThat(scene.channel.calls()).hasSizeBetween(5, 10).containsOnly("pay");
    scene.channel.begin(PayoutResult.succeeded("P-1", scene.now(), null));
    scene.channel.stop(null);
    scene.pass(Duration.ofHours(3));

    assertThat(scene.status()).isEqualTo(WithdrawalStatus.SUCCEEDED);
    assertPaidOut();
    assertThat(scene.books.attentions()).containsExactly("PAYOUT_STOPPED", "-");
  }

  @Test
  void anOperatorTriesAgainAtOnce() {
    scene.channel.stop(FakePayouts.NO_MONEY);
    scene.open();
    assertThat(scene.workflow().retry("a test").status()).isEqualTo(WithdrawalStatus.HELD);

    scene.channel.begin(PayoutResult.succeeded("P-1", scene.now(), null));
    scene.channel.stop(null);
    WithdrawalView view = scene.workflow().retry("the account is filled up");

    assertThat(view.status()).isEqualTo(WithdrawalStatus.SUCCEEDED);
    assertThat(view.attention()).isNull();
    assertThat(scene.channel.calls()).containsExactly("pay", "pay", "pay");
  }

  @Test
  void theBuyerConfirms() {
    scene.channel.begin(TO_CONFIRM);
    WithdrawalView opened = scene.open();
    assertThat(opened.status()).isEqualTo(WithdrawalStatus.AWAITING_BUYER);
    assertThat(opened.confirmation()).isEqualTo(TO_CONFIRM.confirmation());

    scene.pass(Duration.ofHours(3));
    scene.channel.become(PayoutResult.processing("P-1"));
    scene.pass(Duration.ofHours(2));
    assertThat(scene.status()).isEqualTo(WithdrawalStatus.PROCESSING);
    assertThat(scene.workflow().withdrawal().confirmation()).isNull();
    scene.channel.pays();

    assertThat(scene.end()).isEqualTo(WithdrawalStatus.SUCCEEDED);
    assertPaidOut();
  }

  @Test
  void whatTheBuyerNeverConfirmsIsTakenBackAtTheChannelFirst() {
    scene.channel.begin(TO_CONFIRM);
    scene.open();
    scene.pass(Duration.ofHours(23));
    assertThat(scene.channel.calls()).doesNotContain("cancel");

    assertThat(scene.end()).isEqualTo(WithdrawalStatus.FAILED);

    assertThat(scene.channel.calls()).contains("cancel");
    assertBackInTheWallet();
    assertThat(scene.told).containsExactly("WITHDRAWAL_FAILED");
  }

  @Test
  void aBuyerWhoConfirmsInTheLastMomentIsPaid() {
    scene.channel.begin(TO_CONFIRM);
    scene.open();
    scene.pass(Duration.ofHours(23).plusMinutes(59));
    scene.channel.become(PayoutResult.processing("P-1"));
    scene.pass(Duration.ofHours(1));
    assertThat(scene.status()).isEqualTo(WithdrawalStatus.PROCESSING);
    scene.channel.pays();

    assertThat(scene.end()).isEqualTo(WithdrawalStatus.SUCCEEDED);
    assertPaidOut();
  }

  @Test
  void whatABankSendsBackIsInTheWalletAgain() {
    scene.channel.begin(PayoutResult.succeeded("P-1", scene.now(), null));
    scene.open();
    scene.pass(Duration.ofDays(2));
    scene.channel.become(PayoutResult.returned("P-1", scene.now(), FakePayouts.NO_SUCH_PAYEE));

    assertThat(scene.end()).isEqualTo(WithdrawalStatus.RETURNED);

    assertBackInTheWallet();
    assertThat(scene.told).containsExactly("WITHDRAWAL_SUCCEEDED", "WITHDRAWAL_RETURNED");
  }

  @Test
  void aNotifyOfWhatCameBackIsHeardAtOnce() {
    scene.channel.begin(PayoutResult.succeeded("P-1", scene.now(), null));
    scene.open();
    PayoutResult back = PayoutResult.returned("P-1", scene.now(), null);
    scene.channel.become(back);

    scene.notify(back);
    scene.pass(Duration.ofSeconds(1));

    assertThat(scene.end()).isEqualTo(WithdrawalStatus.RETURNED);
    assertBackInTheWallet();
  }

  @Test
  void whatComesBackAfterTheWatchIsFoundByOneThatIsStartedAgain() {
    scene.channel.begin(PayoutResult.succeeded("P-1", scene.now(), null));
    scene.open();
    assertThat(scene.end()).isEqualTo(WithdrawalStatus.SUCCEEDED);
    scene.pass(Duration.ofDays(10));
    PayoutResult returned = PayoutResult.returned("P-1", scene.now(), null);
    scene.channel.become(returned);

    scene.startAgainNotified(returned);

    assertThat(scene.end()).isEqualTo(WithdrawalStatus.RETURNED);
    assertBackInTheWallet();
    assertThat(scene.told).containsExactly("WITHDRAWAL_SUCCEEDED", "WITHDRAWAL_RETURNED");
    assertThat(scene.channel.calls()).containsOnlyOnce("pay");
  }

  @Test
  void newsThatTheChannelDoesNotShowYetIsAskedForAgain() {
    scene.paidInBooks();
    scene.pass(Duration.ofDays(20));
    PayoutResult returned = PayoutResult.returned("P-1", scene.now(), null);

    scene.startAgainNotified(returned);
    scene.pass(Duration.ofHours(1));
    assertThat(scene.status()).isEqualTo(WithdrawalStatus.SUCCEEDED);
    scene.channel.become(returned);

    assertThat(scene.end()).isEqualTo(WithdrawalStatus.RETURNED);
    assertBackInTheWallet();
    assertThat(scene.channel.calls()).containsOnly("query");
  }

  @Test
  void oneThatWasPaidAndLostIsAskedAboutAtOnceThenWatchedToItsEndAndNeverPaid() {
    scene.paidInBooks();
    Instant paidAt = scene.now();
    scene.pass(Duration.ofDays(5));

    scene.startAgain();
    scene.pass(Duration.ofMinutes(1));
    assertThat(scene.channel.calls()).containsExactly("query");

    assertThat(scene.end()).isEqualTo(WithdrawalStatus.SUCCEEDED);
    assertThat(scene.now())
        .isBetween(paidAt.plus(Duration.ofDays(7)), paidAt.plus(Duration.ofDays(8)));
    assertPaidOut();
    assertThat(scene.channel.calls()).containsOnly("query");
  }

  @Test
  void newsThatComesWhileOnlyTheOrderSystemIsWaitedForIsRead() {
    scene.orderSystemIsDown = true;
    scene.channel.begin(PayoutResult.succeeded("P-1", scene.now(), null));
    scene.open();
    scene.pass(Duration.ofDays(9));
    PayoutResult returned = PayoutResult.returned("P-1", scene.now(), null);
    scene.channel.become(returned);

    scene.notify(returned);
    scene.pass(Duration.ofMinutes(1));
    assertThat(scene.status()).isEqualTo(WithdrawalStatus.RETURNED);

    scene.orderSystemIsDown = false;
    assertThat(scene.end()).isEqualTo(WithdrawalStatus.RETURNED);
    assertBackInTheWallet();
    assertThat(scene.told).containsExactly("WITHDRAWAL_SUCCEEDED", "WITHDRAWAL_RETURNED");
  }

  /** One that was rebuilt, so that there is not a month of polls to play. */
  private void beUnderWayAfterAMonth() {
    scene.heldInBooks();
    scene.channel.become(PayoutResult.processing("P-1"));
    scene.pass(Duration.ofDays(31));
    scene.begin();
    scene.pass(Duration.ofMinutes(1));
    assertThat(scene.status()).isEqualTo(WithdrawalStatus.PROCESSING);
    assertThat(scene.books.attentions()).isEmpty();
  }

  private void becomeForgotten() {
    beUnderWayAfterAMonth();
    scene.channel.begin(PayoutResult.succeeded("P-2", scene.now(), null));
    scene.channel.forget();
    scene.pass(Duration.ofHours(3));
  }

  @Test
  void whatTheChannelMayHaveForgottenIsNotSentAgainAndNotPutBackBeforeAPersonHasReadTheBill() {
    becomeForgotten();
    assertThat(scene.books.attentions()).containsExactly("PAYOUT_FORGOTTEN");
    assertThat(scene.workflow().retry("is it sent?").status())
        .isEqualTo(WithdrawalStatus.PROCESSING);
    assertRefused(FailureType.WITHDRAWAL_STATE, () -> scene.workflow().cancel("is it put back?"));
    assertThat(scene.books.wallet()).isEqualTo(400);
    assertThat(scene.channel.calls()).doesNotContain("pay");

    BillVerdict notPaid = new BillVerdict(false, null, null, "in no bill of November");
    assertThat(scene.workflow().settleByBill(notPaid).status()).isEqualTo(WithdrawalStatus.FAILED);

    assertThat(scene.end()).isEqualTo(WithdrawalStatus.FAILED);
    assertBackInTheWallet();
    assertThat(scene.channel.timesPaid()).isZero();
    assertThat(scene.books.attentions()).containsExactly("PAYOUT_FORGOTTEN", "-");
  }

  @Test
  void aVerdictThatIsNotWholeIsNoNoAndAWordWithoutAReasonIsNone() {
    becomeForgotten();
    List<Map<String, Object>> halves =
        List.of(
            Map.of("payoutNo", "P-1", "paidAt", "2026-11-03T02:00:00Z", "reason", "in the bill"),
            Map.of("reason", "in no bill"),
            Map.of("paid", true, "payoutNo", "P-1", "reason", "in the bill"),
            Map.of("paid", true, "paidAt", "2026-11-03T02:00:00Z", "reason", "in the bill"),
            Map.of("paid", false, "payoutNo", "P-1", "reason", "in the bill"),
            Map.of("paid", false, "reason", " "),
            Map.of("paid", false));
    for (Map<String, Object> half : halves) {
      assertRefused(FailureType.REASON_MISSING, () -> scene.say("settleByBill", half));
    }
    assertRefused(FailureType.REASON_MISSING, () -> scene.say("settleByBill"));
    for (String update : List.of("retry", "cancelWithdrawal")) {
      assertRefused(FailureType.REASON_MISSING, () -> scene.say(update));
      assertRefused(FailureType.REASON_MISSING, () -> scene.say(update, " "));
    }

    assertThat(scene.status()).isEqualTo(WithdrawalStatus.PROCESSING);
    assertThat(scene.books.wallet()).isEqualTo(400);
  }

  @Test
  void whatTheBillSaysIsPaidIsPaid() {
    becomeForgotten();

    BillVerdict paid = new BillVerdict(true, "P-1", scene.now(), "in the bill of November 3rd");
    WithdrawalView settled = scene.workflow().settleByBill(paid);

    assertThat(settled.status()).isEqualTo(WithdrawalStatus.SUCCEEDED);
    assertThat(scene.workflow().settleByBill(paid).status())
        .as("again")
        .isEqualTo(settled.status());
    assertThat(scene.end()).isEqualTo(WithdrawalStatus.SUCCEEDED);
    assertThat(scene.books.paidOut()).isEqualTo(600);
    assertThat(scene.channel.calls()).doesNotContain("pay");
  }

  @Test
  void oneThatIsRebuiltIsAsOldAsItsPayout() {
    scene.heldInBooks();
    scene.pass(Duration.ofDays(29).plusHours(1));

    scene.begin();
    scene.pass(Duration.ofMinutes(1));

    assertThat(scene.books.attentions()).containsExactly("PAYOUT_FORGOTTEN");
    assertThat(scene.channel.calls()).containsExactly("query");
    // As long as the channel remembers, it can be made certain that it has nothing.
    scene.beginTo("cancelWithdrawal");
    assertThat(scene.end()).isEqualTo(WithdrawalStatus.FAILED);
    assertBackInTheWallet();
    assertThat(scene.channel.calls()).doesNotContain("pay");
  }

  @Test
  void oneThatTheChannelKnowsOrMustKnowIsNotSettledByHand() {
    BillVerdict notPaid = new BillVerdict(false, null, null, "in no bill");
    beUnderWayAfterAMonth();
    assertRefused(FailureType.WITHDRAWAL_STATE, () -> scene.workflow().settleByBill(notPaid));
    assertThat(scene.status()).isEqualTo(WithdrawalStatus.PROCESSING);
  }

  @Test
  void aYoungOneIsNotSettledByHand() {
    scene.channel.stop(FakePayouts.NO_MONEY);
    scene.open();
    BillVerdict notPaid = new BillVerdict(false, null, null, "in no bill");
    assertRefused(FailureType.WITHDRAWAL_STATE, () -> scene.workflow().settleByBill(notPaid));
    assertThat(scene.status()).isEqualTo(WithdrawalStatus.HELD);
  }

  @Test
  void isTakenBackWhileTheBuyerHasNotConfirmed() {
    scene.channel.begin(TO_CONFIRM);
    scene.open();

    assertThat(scene.workflow().cancel("changed my mind").status())
        .isEqualTo(WithdrawalStatus.FAILED);

    assertBackInTheWallet();
    assertThat(scene.end()).isEqualTo(WithdrawalStatus.FAILED);
  }

  @Test
  void aTakingBackThatTheChannelIsNotDoneWithIsAwaited() {
    scene.channel.begin(TO_CONFIRM);
    scene.channel.takeBackAfter(3);
    scene.open();

    assertThat(scene.workflow().cancel("changed my mind").status())
        .isEqualTo(WithdrawalStatus.FAILED);

    assertBackInTheWallet();
    assertThat(scene.channel.calls()).containsOnlyOnce("cancel");
  }

  @Test
  void aBuyerWhoConfirmsWhileItIsTakenBackIsPaid() {
    scene.channel.begin(TO_CONFIRM);
    scene.channel.takeBackAfter(1_000);
    scene.open();
    scene.beginTo("cancelWithdrawal");
    scene.pass(Duration.ofMinutes(1));
    scene.channel.pays();
    scene.pass(Duration.ofMinutes(2));

    assertThat(scene.status()).isEqualTo(WithdrawalStatus.SUCCEEDED);
    assertPaidOut();
  }

  @Test
  void isNotTakenBackWhileTheChannelPays() {
    scene.open();

    assertRefused(FailureType.WITHDRAWAL_STATE, () -> scene.workflow().cancel("a test"));
    assertThat(scene.books.wallet()).isEqualTo(400);

    scene.channel.pays();
    scene.pass(Duration.ofHours(2));
    assertRefused(FailureType.WITHDRAWAL_STATE, () -> scene.workflow().cancel("a test"));
    assertPaidOut();
  }

  @Test
  void whatIsStoppedIsTakenBackOnceNoRequestCanStillBeOnItsWay() {
    scene.channel.stop(FakePayouts.NO_MONEY);
    scene.open();
    scene.beginTo("cancelWithdrawal");
    scene.pass(Duration.ofMinutes(9));
    assertThat(scene.status()).isEqualTo(WithdrawalStatus.HELD);

    assertThat(scene.end()).isEqualTo(WithdrawalStatus.FAILED);

    assertBackInTheWallet();
    assertThat(scene.channel.calls()).containsExactly("pay", "cancel", "query");
  }

  @Test
  void whatArrivesLateIsNotPutBackByACancellation() {
    scene.channel.line(FakePayouts.Line.DEAD);
    scene.begin();
    scene.pass(Duration.ofMinutes(11));
    scene.beginTo("cancelWithdrawal");
    scene.channel.line(FakePayouts.Line.GOOD);
    scene.pass(Duration.ofMinutes(5));
    assertThat(scene.status()).isEqualTo(WithdrawalStatus.HELD);
    // The first request was on its way all the time.
    scene.channel.pays();
    scene.pass(Duration.ofMinutes(20));

    assertThat(scene.status()).isEqualTo(WithdrawalStatus.SUCCEEDED);
    assertPaidOut();
  }

  @Test
  void aCancellationInTheUiTakesItBack() {
    scene.channel.begin(TO_CONFIRM);
    scene.open();

    scene.temporal.getWorkflowClient().newUntypedWorkflowStub(scene.no.workflowId()).cancel();

    // The run shows as canceled in the UI, after the money is where it belongs.
    assertThatThrownBy(scene::end).isInstanceOf(WorkflowFailedException.class);
    assertBackInTheWallet();
  }

  @Test
  void commandsAfterTheEndHaveAnAnswer() {
    scene.channel.begin(PayoutResult.succeeded("P-1", scene.now(), null));
    scene.open();
    scene.pass(Duration.ofDays(6));

    assertThat(scene.workflow().retry("a test").status()).isEqualTo(WithdrawalStatus.SUCCEEDED);
    assertRefused(FailureType.WITHDRAWAL_STATE, () -> scene.workflow().cancel("a test"));
    assertThat(scene.end()).isEqualTo(WithdrawalStatus.SUCCEEDED);
  }
}
