package dev.durablecheckout.workflows.serviceorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Each way a service order can go, with time skipped. */
@Execution(ExecutionMode.CONCURRENT)
class ServiceOrderWorkflowTest {
  private final ServiceOrderScene scene = new ServiceOrderScene(factoryOptions());

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
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo(type.name()));
  }

  private void inService() {
    scene.open();
    scene.notify(scene.wechat.confirm());
    scene.pass(Duration.ofHours(1));
  }

  @Test
  void isConfirmedThenCompletedThenCollected() {
    ServiceOrderView opened = scene.open();
    assertThat(opened.status()).isEqualTo(ServiceOrderStatus.CREATED);
    assertThat(opened.credential().type()).isEqualTo(PayCredential.Type.WECHAT_PAYSCORE);

    scene.notify(scene.wechat.confirm());
    scene.pass(Duration.ofHours(3));
    ServiceOrderView completed = scene.complete();
    assertThat(completed.status()).isEqualTo(ServiceOrderStatus.COMPLETED);
    assertThat(completed.credential()).isNull();
    scene.notify(scene.wechat.collect());

    assertThat(scene.end()).isEqualTo(ServiceOrderStatus.SETTLED);
    assertThat(scene.told).containsExactly("SERVICE_ORDER_CONFIRMED", "SERVICE_ORDER_SETTLED");
    assertThat(scene.books.order().paid()).isEqualTo(new Money(1_500));
    assertThat(scene.wechat.calls()).containsExactly("create", "complete");
  }

  @Test
  void isFollowedByPollsWhenEveryNotifyIsLost() {
    scene.open();
    scene.pass(Duration.ofMinutes(10));
    scene.wechat.confirm();
    scene.pass(Duration.ofHours(3));
    assertThat(scene.workflow().serviceOrder().status()).isEqualTo(ServiceOrderStatus.CONFIRMED);
    scene.complete();
    scene.wechat.collect();

    assertThat(scene.end()).isEqualTo(ServiceOrderStatus.SETTLED);
    assertThat(scene.told).containsExactly("SERVICE_ORDER_CONFIRMED", "SERVICE_ORDER_SETTLED");
  }

  @Test
  void anotherCopyOfANotifyChangesNothing() {
    inService();
    scene.notify(scene.wechat.order());
    scene.complete();
    ServiceOrderResult paid = scene.wechat.collect();
    scene.notify(paid);
    scene.notify(paid);

    assertThat(scene.end()).isEqualTo(ServiceOrderStatus.SETTLED);
    assertThat(scene.told).containsExactly("SERVICE_ORDER_CONFIRMED", "SERVICE_ORDER_SETTLED");
  }

  @Test
  void aCollectionHeardOfFirstBooksEachStepOfTheWay() {
    scene.open();
    scene.wechat.confirm();
    scene.notify(scene.wechat.collect(new Money(700)));

    assertThat(scene.end()).isEqualTo(ServiceOrderStatus.SETTLED);
    assertThat(scene.told).containsExactly("SERVICE_ORDER_CONFIRMED", "SERVICE_ORDER_SETTLED");
  }

  @Test
  void asksBeforeItRefusesToCompleteWhatWasConfirmedUnheardOf() {
    scene.open();
    scene.wechat.confirm();
    scene.pass(Duration.ofSeconds(3));

    assertThat(scene.complete().status()).isEqualTo(ServiceOrderStatus.COMPLETED);
  }

  @Test
  void isNotCompletedBeforeTheBuyerConfirmed() {
    scene.open();

    assertRefused(FailureType.SERVICE_ORDER_STATE, scene::complete);
    assertThat(scene.wechat.calls()).containsExactly("create", "query");
  }

  @Test
  void endsASecondBeforeTheCommandSoThatClocksAgree() {
    inService();
    Instant before = scene.now();
    scene.complete();

    assertThat(scene.wechat.endedAt()).isBefore(scene.now()).isAfter(before.minusSeconds(3));
  }

  @Test
  void aServiceThatEndsInTheSecondItBeganLastsOne() {
    scene.open();
    ServiceOrderResult confirmed = scene.wechat.confirm();
    scene.notify(confirmed);

    scene.complete();

    assertThat(scene.wechat.endedAt()).isAfter(confirmed.startedAt());
  }

  @Test
  void doesNotEndBeforeItBegan() {
    inService();
    Instant begun = scene.workflow().serviceOrder().startedAt();

    assertRefused(
        FailureType.SERVICE_END_INVALID,
        () -> scene.workflow().complete(new CompleteServiceOrder(ServiceOrderScene.BILL, begun)));
    assertThat(scene.wechat.calls()).doesNotContain("complete");
  }

  @Test
  void doesNotEndInTheFuture() {
    inService();
    Instant soon = scene.now().plus(5, ChronoUnit.MINUTES);

    assertRefused(
        FailureType.SERVICE_END_INVALID,
        () -> scene.workflow().complete(new CompleteServiceOrder(ServiceOrderScene.BILL, soon)));
    assertThat(scene.wechat.calls()).doesNotContain("complete");
  }

  @Test
  void collectsNoMoreThanTheRiskFund() {
    inService();

    assertRefused(
        FailureType.RISK_FUND_EXCEEDED,
        () ->
            scene
                .workflow()
                .complete(new CompleteServiceOrder(ServiceOrderScene.bill(50_001), null)));
    assertThat(scene.wechat.calls()).doesNotContain("complete");
  }

  @Test
  void theSameBillTwiceIsOneCompletionAndAnotherIsRefused() {
    inService();
    scene.complete();

    assertThat(scene.complete().status()).isEqualTo(ServiceOrderStatus.COMPLETED);
    assertRefused(
        FailureType.SERVICE_ORDER_STATE,
        () -> scene.workflow().complete(new CompleteServiceOrder(ServiceOrderScene.bill(9), null)));
    assertThat(scene.wechat.calls()).containsOnlyOnce("complete");
  }

  @Test
  void theBillIsOnlyEverLowered() {
    inService();
    scene.complete();

    assertRefused(
        FailureType.BILL_NOT_LOWER,
        () -> scene.workflow().modify(ServiceOrderScene.bill(1_501), "more"));
    assertThat(scene.workflow().modify(ServiceOrderScene.bill(900), "a gift").bill().total())
        .isEqualTo(new Money(900));
    assertThat(scene.wechat.total()).isEqualTo(new Money(900));
    scene.notify(scene.wechat.collect());
    assertThat(scene.end()).isEqualTo(ServiceOrderStatus.SETTLED);
  }

  @Test
  void isCancelledBeforeAndAfterTheConfirmation() {
    scene.open();
    assertThat(scene.workflow().cancel("out of umbrellas").status())
        .isEqualTo(ServiceOrderStatus.CANCELLED);
    assertThat(scene.end()).isEqualTo(ServiceOrderStatus.CANCELLED);
    assertThat(scene.told).containsExactly("SERVICE_ORDER_CANCELLED");
  }

  @Test
  void isCancelledDuringTheService() {
    inService();
    scene.workflow().cancel("broken");

    assertThat(scene.end()).isEqualTo(ServiceOrderStatus.CANCELLED);
    assertThat(scene.told).containsExactly("SERVICE_ORDER_CONFIRMED", "SERVICE_ORDER_CANCELLED");
  }

  @Test
  void isNotCancelledAfterTheService() {
    inService();
    scene.complete();

    assertRefused(FailureType.SERVICE_ORDER_STATE, () -> scene.workflow().cancel("too late"));
    assertThat(scene.wechat.calls()).doesNotContain("cancel");
  }

  @Test
  void aCancellationInTemporalGivesTheOrderUp() {
    scene.open();
    scene.temporal.getWorkflowClient().newUntypedWorkflowStub(scene.id.workflowId()).cancel();

    assertThatThrownBy(scene::end).hasMessageContaining("was cancelled");
    assertThat(scene.books.order().status()).isEqualTo(ServiceOrderStatus.CANCELLED);
    assertThat(scene.wechat.calls()).containsExactly("create", "cancel");
  }

  @Test
  void expiresWhereNobodyConfirms() {
    scene.open();
    scene.pass(Duration.ofDays(1));
    scene.wechat.expire();

    assertThat(scene.end()).isEqualTo(ServiceOrderStatus.EXPIRED);
    assertThat(scene.told).containsExactly("SERVICE_ORDER_EXPIRED");
  }

  @Test
  void isSettledByAPaymentOutside() {
    inService();
    scene.complete();
    scene.workflow().sync(scene.now());

    assertThat(scene.end()).isEqualTo(ServiceOrderStatus.SETTLED);
    assertThat(scene.books.order().paid()).as("by WeChat").isNull();
  }

  @Test
  void aRefusalOfWeChatIsTheFirstAnswer() {
    scene.wechat.refuseNext(new Refusal(Refusal.Code.MERCHANT_ACCOUNT, "NO_AUTH", "商户暂无权限使用此服务"));

    ServiceOrderView view = scene.open();

    assertThat(view.status()).isEqualTo(ServiceOrderStatus.REFUSED);
    assertThat(view.refusal().channelCode()).isEqualTo("NO_AUTH");
    assertThat(scene.end()).isEqualTo(ServiceOrderStatus.REFUSED);
  }

  @Test
  void aRefusedCompletionLeavesTheServiceAsItIs() {
    inService();
    scene.wechat.refuseNext(new Refusal(Refusal.Code.OTHER, "PARAM_ERROR", "最终总金额计算非法"));

    assertRefused(FailureType.CHANNEL_REFUSED, scene::complete);
    assertThat(scene.workflow().serviceOrder().status()).isEqualTo(ServiceOrderStatus.CONFIRMED);
    assertThat(scene.complete().status()).isEqualTo(ServiceOrderStatus.COMPLETED);
  }

  @Test
  void aSilentWeChatIsAskedAgainAndAPersonIsTold() {
    inService();
    scene.wechat.down(true);
    scene.beginToComplete();
    scene.pass(Duration.ofMinutes(30));
    assertThat(scene.workflow().serviceOrder().attention())
        .isEqualTo(Attention.CHANNEL_UNREACHABLE);
    scene.wechat.down(false);
    scene.pass(Duration.ofMinutes(10));

    assertThat(scene.workflow().serviceOrder().status()).isEqualTo(ServiceOrderStatus.COMPLETED);
    assertThat(scene.books.attentions()).containsExactly(Attention.CHANNEL_UNREACHABLE.name());
    assertThat(scene.workflow().serviceOrder().attention()).as("over").isNull();
  }

  @Test
  void anotherAmountSettlesNothingAndAPersonIsTold() {
    inService();
    scene.complete();
    scene.notify(scene.wechat.collect(new Money(1)));
    scene.pass(Duration.ofMinutes(1));

    ServiceOrderView view = scene.workflow().serviceOrder();
    assertThat(view.status()).isEqualTo(ServiceOrderStatus.COMPLETED);
    assertThat(view.attention()).isEqualTo(Attention.AMOUNT_MISMATCH);
  }

  @Test
  void theSameRequestGetsTheSameAnswer() {
    ServiceOrderView first = scene.open();

    assertThat(scene.open()).isEqualTo(first);
    assertThat(scene.wechat.calls()).containsExactly("create");
  }
}
