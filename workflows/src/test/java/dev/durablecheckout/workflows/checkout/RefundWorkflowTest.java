package dev.durablecheckout.workflows.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.workflows.client.RefundClient;
import dev.durablecheckout.workflows.client.RefusedException;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundNo;
import dev.durablecheckout.workflows.refund.RefundNotified;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import dev.durablecheckout.workflows.refund.RefundRequest;
import dev.durablecheckout.workflows.refund.RefundResult;
import dev.durablecheckout.workflows.refund.RefundStatus;
import dev.durablecheckout.workflows.refund.RefundView;
import dev.durablecheckout.workflows.refund.RefundWorkflow;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Refunds that a merchant asks for, from the request until the channel has said how it ended. */
@Timeout(60)
final class RefundWorkflowTest {
  private static final Refusal NO_MONEY =
      new Refusal(Refusal.Code.MERCHANT_BALANCE, "ACQ.SELLER_BALANCE_NOT_ENOUGH", "no money");
  private static final Refusal ABNORMAL =
      new Refusal(Refusal.Code.BUYER_ACCOUNT, "ABNORMAL", "the bank does not take it");

  private final Scene scene = new Scene();
  private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
  private final RefundClient client =
      new RefundClient(scene.temporal.getWorkflowClient(), deadlines);

  @BeforeEach
  void pay() {
    scene.open();
    scene.notify(scene.channel.pay(scene.no(1)));
    scene.end();
  }

  @AfterEach
  void close() {
    deadlines.shutdownNow();
    scene.close();
  }

  static RefundOrder refund(Scene scene, String refundNo, long fen) {
    return new RefundOrder(
        OutRefundNo.requested(scene.id.merchant(), RefundNo.of(refundNo)),
        scene.id,
        scene.no(1),
        Channel.ALIPAY,
        new Money(fen),
        Scene.AMOUNT,
        RefundReason.REQUESTED,
        new RefundRequest(
            RefundNo.of(refundNo),
            "request-1",
            "fingerprint-1",
            "dented",
            null,
            List.of(),
            false,
            false));
  }

  private RefundOrder refund(String refundNo, long fen) {
    return refund(scene, refundNo, fen);
  }

  private RefundView ask(RefundOrder refund) {
    return client.refund(refund, Duration.ofSeconds(20));
  }

  private WorkflowStub workflow(RefundOrder refund) {
    return scene
        .temporal
        .getWorkflowClient()
        .newUntypedWorkflowStub(RefundWorkflow.workflowId(refund.outRefundNo()));
  }

  private RefundStatus end(RefundOrder refund) {
    return workflow(refund).getResult(RefundStatus.class);
  }

  private RefundStatus status(RefundOrder refund) {
    return workflow(refund).query("status", RefundStatus.class);
  }

  private void awaitStatus(RefundOrder refund, RefundStatus wanted) {
    while (status(refund) != wanted) {
      Thread.onSpinWait();
    }
  }

  private void pass(Duration time) {
    scene.temporal.sleep(time);
  }

  @Test
  void isAnsweredByTheBooksThenDoneByTheChannelAndTold() {
    RefundOrder refund = refund("R1", 345);
    assertThat(ask(refund).status()).isEqualTo(RefundStatus.PROCESSING);
    assertThat(end(refund)).isEqualTo(RefundStatus.SUCCEEDED);
    assertThat(scene.channel.receiptsLessRefundsFen(scene.id)).isEqualTo(12_000);
    assertThat(scene.orders.eventIds())
        .contains("evt_refunded_" + refund.outRefundNo() + "_" + scene.id);
    // A repeat, also after the end, gets the first answer.
    assertThat(ask(refund).requestId()).isEqualTo("request-1");
  }

  @Test
  void whatTheBooksRefuseIsNeverAskedOfTheChannel() {
    ask(refund("R1", 12_000));
    RefundOrder tooMuch = refund("R2", 346);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> ask(tooMuch))
          .isInstanceOfSatisfying(
              RefusedException.class,
              refused -> assertThat(refused.type()).isEqualTo(FailureType.REFUND_EXCEEDS_LEFT));
    }
    assertThat(end(tooMuch)).isNull();
    assertThat(end(refund("R1", 12_000))).isEqualTo(RefundStatus.SUCCEEDED);
    assertThat(scene.channel.refundAsks()).isEqualTo(1);
  }

  @Test
  void anUnknownOutcomeIsRepeatedUnderTheSameNumber() {
    scene.channel.down(true);
    RefundOrder refund = refund("R1", 345);
    ask(refund);
    pass(Duration.ofMinutes(30));
    assertThat(scene.books.attention(scene.id)).isEqualTo(Attention.CHANNEL_UNREACHABLE);
    scene.channel.down(false);
    assertThat(end(refund)).isEqualTo(RefundStatus.SUCCEEDED);
    assertThat(scene.books.refunds(scene.id)).hasSize(1);
    assertThat(scene.channel.receiptsLessRefundsFen(scene.id)).isEqualTo(12_000);
    assertThat(scene.books.attention(scene.id)).isNull();
  }

  @Test
  void refundsOfOnePaymentWaitForTheirSlots() {
    scene.books.spaceRefunds(Duration.ofMinutes(1));
    RefundOrder first = refund("R1", 100);
    RefundOrder second = refund("R2", 100);
    ask(first);
    ask(second);
    assertThat(end(second)).isEqualTo(RefundStatus.SUCCEEDED);
    assertThat(end(first)).isEqualTo(RefundStatus.SUCCEEDED);
    assertThat(
            Duration.between(
                scene.channel.refundAskedAt(first.outRefundNo()),
                scene.channel.refundAskedAt(second.outRefundNo())))
        .isBetween(Duration.ofSeconds(59), Duration.ofSeconds(90));
  }

  @Test
  void aNotifyMakesItAskAtOnceAndDecidesNothing() {
    scene.channel.slowRefunds(2);
    RefundOrder refund = refund("R1", 345);
    ask(refund);
    long before = scene.temporal.currentTimeMillis();
    for (int i = 0; i < 2; i++) {
      int asks = i + 1;
      while (scene.channel.refundAsks() < asks) {
        Thread.onSpinWait();
      }
      assertThat(status(refund)).isEqualTo(RefundStatus.PROCESSING);
      assertThat(
              client.refundNotified(
                  refund.outRefundNo(), new RefundNotified(null, "n"), Duration.ofSeconds(20)))
          .isTrue();
    }
    while (scene.channel.refundAsks() < 3) {
      Thread.onSpinWait();
    }
    assertThat(scene.temporal.currentTimeMillis() - before)
        .isLessThan(Duration.ofSeconds(25).toMillis());
    assertThat(end(refund)).isEqualTo(RefundStatus.SUCCEEDED);
    assertThat(
            client.refundNotified(
                refund.outRefundNo(), new RefundNotified(null, "n"), Duration.ofSeconds(20)))
        .isFalse();
  }

  @Test
  void oneThatIsUnderWayForDaysIsShownToAPersonAndLivesOn() {
    scene.channel.slowRefunds(300);
    RefundOrder refund = refund("R1", 345);
    ask(refund);
    pass(Duration.ofDays(6));
    assertThat(scene.books.attention(scene.id)).isNull();
    pass(Duration.ofDays(2));
    assertThat(scene.books.attention(scene.id)).isEqualTo(Attention.REFUND_SLOW);
    assertThat(end(refund)).isEqualTo(RefundStatus.SUCCEEDED);
    assertThat(scene.books.attention(scene.id)).isNull();
  }

  @Test
  void anEmptyAccountIsTriedAgainByItselfWithGrowingPauses() {
    scene.channel.refuseRefunds(3, RefundResult.refused(NO_MONEY));
    RefundOrder refund = refund("R1", 345);
    long before = scene.temporal.currentTimeMillis();
    ask(refund);
    assertThat(end(refund)).isEqualTo(RefundStatus.SUCCEEDED);
    assertThat(scene.channel.refundAsks()).isEqualTo(4);
    // 1 h, 2 h, 4 h
    assertThat(scene.temporal.currentTimeMillis() - before)
        .isGreaterThanOrEqualTo(Duration.ofHours(7).toMillis());
  }

  @Test
  void anEmptyAccountThatWasFilledIsTriedWhenAPersonSaysSo() {
    scene.channel.refuseRefunds(1, RefundResult.refused(NO_MONEY));
    RefundOrder refund = refund("R1", 345);
    ask(refund);
    awaitStatus(refund, RefundStatus.FAILED);
    assertThat(workflow(refund).update("retry", RefundStatus.class, "topped up"))
        .isIn(RefundStatus.PROCESSING, RefundStatus.SUCCEEDED);
    assertThat(end(refund)).isEqualTo(RefundStatus.SUCCEEDED);
  }

  @Test
  void anotherRefusalWaitsForAPersonHoweverLong() {
    scene.channel.refuseRefunds(1);
    RefundOrder refund = refund("R1", 345);
    ask(refund);
    pass(Duration.ofDays(30));
    assertThat(status(refund)).isEqualTo(RefundStatus.FAILED);
    assertThat(scene.channel.refundAsks()).isEqualTo(1);
    assertThat(workflow(refund).update("abandon", RefundStatus.class, "ticket 4711"))
        .isEqualTo(RefundStatus.ABANDONED);
    assertThat(end(refund)).isEqualTo(RefundStatus.ABANDONED);
    assertThat(scene.orders.eventIds())
        .contains("evt_refund_failed_" + refund.outRefundNo() + "_" + scene.id);
    // Its part of the payment is free again.
    assertThat(ask(refund("R2", 12_345)).status()).isEqualTo(RefundStatus.PROCESSING);
  }

  @Test
  void whatTheChannelKeepsCannotBeGivenUp() {
    scene.channel.refuseRefunds(1, RefundResult.stuck(ABNORMAL));
    RefundOrder refund = refund("R1", 345);
    ask(refund);
    awaitStatus(refund, RefundStatus.FAILED);
    assertRefused(refund, "ticket", "the channel keeps it");
    workflow(refund).update("retry", RefundStatus.class, "sent in the console");
    assertThat(end(refund)).isEqualTo(RefundStatus.SUCCEEDED);
  }

  @Test
  void onlyARefusedRefundIsGivenUpAndOnlyWithAReason() {
    scene.channel.slowRefunds(3);
    RefundOrder refund = refund("R1", 345);
    ask(refund);
    assertRefused(refund, "ticket", "not FAILED");
    assertRefused(refund, " ", "say why");
    assertThat(end(refund)).isEqualTo(RefundStatus.SUCCEEDED);
  }

  private void assertRefused(RefundOrder refund, String reason, String words) {
    assertThatThrownBy(() -> workflow(refund).update("abandon", RefundStatus.class, reason))
        .isInstanceOf(WorkflowUpdateException.class)
        .hasStackTraceContaining(words);
  }

  @Test
  void aCancellationInTheUiDoesNotLeaveMoneyHalfWay() {
    scene.channel.slowRefunds(2);
    RefundOrder refund = refund("R1", 345);
    ask(refund);
    workflow(refund).cancel();
    // Temporal calls it cancelled, whatever it did first.
    assertThatThrownBy(() -> end(refund)).isInstanceOf(WorkflowFailedException.class);
    assertThat(scene.books.refunds(scene.id))
        .containsEntry(refund.outRefundNo(), RefundStatus.SUCCEEDED);
    assertThat(scene.orders.eventIds())
        .contains("evt_refunded_" + refund.outRefundNo() + "_" + scene.id);
  }
}
