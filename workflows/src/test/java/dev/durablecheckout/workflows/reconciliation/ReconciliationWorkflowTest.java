package dev.durablecheckout.workflows.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A day ends when every fen of it is explained, and asks for a person only where one is needed. */
final class ReconciliationWorkflowTest {
  /** Each takes a dozen events, and a history has room for 4096. */
  private static final int MANY = 500;

  private final ReconciliationScene scene = new ReconciliationScene();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void aDayOnWhichAllAgreeEndsSettledAfterOneDownloadAndOneComparison() {
    ReconciliationWorkflow unused = scene.start();
    assertThat(scene.end()).isEqualTo(new DayView(ReconciliationStatus.SETTLED, 3, 3, 0, 0, 0));
    assertThat(scene.books.downloads).hasValue(1);
    assertThat(scene.books.comparisons).hasValue(1);
    assertThat(scene.attention()).isEmpty();
  }

  @Test
  void waitsForABillThatIsLateAndTellsNobodyForSomeHours() {
    scene.books.notReady = 4;
    ReconciliationWorkflow unused = scene.start();
    scene.pass(Duration.ofHours(3));
    assertThat(scene.attention()).isEmpty();
    assertThat(scene.end().status()).isEqualTo(ReconciliationStatus.SETTLED);
    assertThat(scene.books.downloads).hasValue(5);
  }

  @Test
  void tellsAPersonOfABillThatDoesNotComeAndGoesOnAsking() {
    scene.books.notReady = 12;
    ReconciliationWorkflow unused = scene.start();
    scene.pass(Duration.ofHours(8));
    assertThat(scene.attention()).isEqualTo("CHANNEL_UNREACHABLE");
    assertThat(scene.end().status()).isEqualTo(ReconciliationStatus.SETTLED);
    assertThat(scene.attention()).isEmpty();
  }

  @Test
  void downloadsADamagedBillAgain() {
    scene.books.damaged = 2;
    ReconciliationWorkflow unused = scene.start();
    assertThat(scene.end().status()).isEqualTo(ReconciliationStatus.SETTLED);
    assertThat(scene.books.downloads).hasValue(3);
  }

  @Test
  void tellsAPersonOfABillThatStaysDamaged() {
    scene.books.damaged = Integer.MAX_VALUE;
    ReconciliationWorkflow unused = scene.start();
    scene.pass(Duration.ofHours(2));
    assertThat(scene.attention()).isEqualTo("CHANNEL_UNREACHABLE");
  }

  @Test
  void repairsALostPaymentThroughItsCheckoutWhichIsStillOpen() {
    scene.books.lost.add(ReconciliationScene.LOST);
    scene.startCheckout();
    ReconciliationWorkflow unused = scene.start();
    assertThat(scene.end()).isEqualTo(new DayView(ReconciliationStatus.SETTLED, 3, 3, 0, 0, 1));
    assertThat(ReconciliationScene.TOLD)
        .containsExactly("checkout " + ReconciliationScene.LOST + " PAID");
  }

  @Test
  void repairsALostPaymentOfACheckoutThatHasEndedByTheLateWay() {
    scene.books.lost.add(ReconciliationScene.LOST);
    ReconciliationWorkflow unused = scene.start();
    assertThat(scene.end().repaired()).isEqualTo(1);
    assertThat(ReconciliationScene.TOLD)
        .containsExactly("late " + ReconciliationScene.LOST + " PAID");
  }

  @Test
  void booksNothingThatTheChannelDoesNotConfirm() {
    scene.books.lost.add(ReconciliationScene.LOST);
    scene.channel.state = TradeState.CLOSED;
    ReconciliationWorkflow unused = scene.start();
    scene.pass(Duration.ofHours(1));
    assertThat(ReconciliationScene.TOLD).isEmpty();
    assertThat(scene.books.notes).containsExactly("the channel says CLOSED of 700 fen");
    assertThat(scene.attention()).isEqualTo("BILL_DIFFERS");
  }

  @Test
  void aPhantomAsksForAPersonWhoseWordEndsTheDay() {
    scene.books.open.set(1);
    ReconciliationWorkflow day = scene.start();
    scene.pass(Duration.ofHours(1));
    assertThat(scene.attention()).isEqualTo("BILL_DIFFERS");
    assertThat(day.view().status()).isEqualTo(ReconciliationStatus.OPEN);

    assertThatThrownBy(() -> day.explain(new Explanation(2, "a typing error")))
        .isInstanceOf(WorkflowUpdateException.class)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo(FailureType.NO_SUCH_ITEM.name()));
    assertThatThrownBy(() -> day.explain(new Explanation(1, " ")))
        .isInstanceOf(WorkflowUpdateException.class);

    assertThat(day.explain(new Explanation(1, "the till's own QR code")).status())
        .isEqualTo(ReconciliationStatus.SETTLED);
    assertThat(scene.end().status()).isEqualTo(ReconciliationStatus.SETTLED);
    assertThat(scene.attention()).isEmpty();
  }

  @Test
  void isDownloadedAgainWhenAPersonAsksForIt() {
    scene.books.open.set(1);
    ReconciliationWorkflow day = scene.start();
    scene.pass(Duration.ofHours(1));
    scene.books.open.set(0);
    DayView asked = day.rerun("the channel has corrected the bill");
    assertThat(asked.open()).isEqualTo(1);
    assertThat(scene.end().status()).isEqualTo(ReconciliationStatus.SETTLED);
    assertThat(scene.books.downloads).hasValue(2);
  }

  @Test
  void looksAgainWithoutADownloadAsLongAsTheNextBillsCanShowTheRest() {
    scene.books.late.set(1);
    ReconciliationWorkflow unused = scene.start();
    scene.pass(Duration.ofHours(30));
    assertThat(scene.attention()).isEmpty();
    assertThat(scene.books.comparisons).hasValue(3);
    scene.books.late.set(0);
    assertThat(scene.end().status()).isEqualTo(ReconciliationStatus.SETTLED);
    assertThat(scene.books.downloads).hasValue(1);
  }

  @Test
  void aDayThatNobodySettlesEndsAfterTwoMonthsAsItStands() {
    scene.books.open.set(1);
    ReconciliationWorkflow unused = scene.start();
    assertThat(scene.end().status()).isEqualTo(ReconciliationStatus.OPEN);
    assertThat(scene.attention()).as("still to be found").isEqualTo("BILL_DIFFERS");
  }

  @Test
  @Timeout(120)
  void aDayThatLacksMoreThanAHistoryHoldsPausesAllTheSameAndHasNoLongerLife() {
    for (int n = 1; n <= MANY; n++) {
      scene.books.lost.add(OutTradeNo.of("MANY" + n + "_1"));
    }
    scene.channel.state = TradeState.CLOSED;
    ReconciliationWorkflow unused = scene.start();
    scene.pass(Duration.ofHours(1));
    assertThat(scene.books.notes).as("asked about in one history").hasSizeBetween(100, MANY - 1);
    assertThat(scene.books.downloads).hasValue(1);
    assertThat(scene.books.comparisons).hasValue(2);

    scene.books.lost.clear();
    scene.books.open.set(1);
    assertThat(scene.end().status()).isEqualTo(ReconciliationStatus.OPEN);
    assertThat(scene.books.downloads).as("once in each history").hasValue(2);
    long looks = ReconciliationWorkflow.LIFE.dividedBy(ReconciliationWorkflowImpl.NEXT_LOOK);
    assertThat(scene.books.comparisons).as("of two months").hasValue((int) looks + 1);
  }

  @Test
  void aScheduleStartsTheDayBeforeTheOneForWhichItWasDueHoweverLateItRuns() {
    BillDay day = scene.startAsScheduled(Instant.parse("2030-01-02T02:30:00Z"));
    assertThat(day.day()).isEqualTo(LocalDate.parse("2030-01-01"));
    assertThat(scene.end().status()).isEqualTo(ReconciliationStatus.SETTLED);
  }
}
