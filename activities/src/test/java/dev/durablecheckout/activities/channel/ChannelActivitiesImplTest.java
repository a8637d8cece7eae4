package dev.durablecheckout.activities.channel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableTable;
import dev.durablecheckout.activities.channel.health.ChannelBreakers;
import dev.durablecheckout.activities.channel.health.ChannelHealth;
import dev.durablecheckout.activities.limit.PayLimits;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.ChannelActivities;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.PayerIdentity;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import dev.durablecheckout.workflows.refund.RefundResult;
import dev.durablecheckout.workflows.temporal.ActivityPolicies;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChannelActivitiesImplTest {
  private static final CheckoutId CHECKOUT = CheckoutId.parse("shop.1");
  private static final OutTradeNo OUT_TRADE_NO = OutTradeNo.of(CHECKOUT, 1);
  private static final PayOrder PAY_ORDER =
      new PayOrder(
          OUT_TRADE_NO,
          CHECKOUT,
          1,
          Channel.ALIPAY,
          PayMethod.QR,
          Money.ofFen(1234),
          "Tea",
          Instant.parse("2026-03-01T10:00:00Z"),
          null,
          "buyer-1",
          null);
  private static final RefundOrder REFUND =
      new RefundOrder(
          OutRefundNo.automatic(OUT_TRADE_NO),
          CHECKOUT,
          OUT_TRADE_NO,
          Channel.ALIPAY,
          Money.ofFen(1234),
          Money.ofFen(1234),
          RefundReason.LATE);
  private static final Object SILENCE = new Object();

  /** Answers with what was put in. */
  private static final class ScriptedChannel implements PayChannel {
    private final Queue<Object> answers = new ConcurrentLinkedQueue<>();

    private <T> T next(Class<T> type) throws ChannelOutcomeUnknownException {
      Object answer = answers.remove();
      if (answer.equals(SILENCE)) {
        throw new ChannelOutcomeUnknownException("the channel is silent");
      }
      return type.cast(answer);
    }

    @Override
    public PayerIdentity identify(PayMethod method, String loginCode)
        throws ChannelOutcomeUnknownException {
      return next(PayerIdentity.class);
    }

    @Override
    public PrepayResult prepay(PayOrder payOrder) throws ChannelOutcomeUnknownException {
      return next(PrepayResult.class);
    }

    @Override
    public TradeResult query(PayOrder payOrder) throws ChannelOutcomeUnknownException {
      return next(TradeResult.class);
    }

    @Override
    public CloseResult close(PayOrder payOrder) throws ChannelOutcomeUnknownException {
      return next(CloseResult.class);
    }

    @Override
    public RefundResult refund(RefundOrder refund) throws ChannelOutcomeUnknownException {
      return next(RefundResult.class);
    }
  }

  /** Waits for one payment, as a checkout does. */
  @WorkflowInterface
  public interface AwaitWorkflow {
    @WorkflowMethod
    TradeResult run(PayOrder payOrder);
  }

  /** Its implementation. */
  public static final class AwaitWorkflowImpl implements AwaitWorkflow {
    @Override
    public TradeResult run(PayOrder payOrder) {
      return ActivityPolicies.polling(payOrder.channel(), "poll").awaitPayment(payOrder);
    }
  }

  private final List<ApplicationFailure> pollFailures =
      Collections.synchronizedList(new ArrayList<>());

  /** The activities, with a note of how each attempt to await a payment failed. */
  private record Recorded(ChannelActivities activities, List<ApplicationFailure> failures)
      implements ChannelActivities {
    @Override
    public TradeResult awaitPayment(PayOrder payOrder) {
      try {
        return activities.awaitPayment(payOrder);
      } catch (ApplicationFailure e) {
        failures.add(e);
        throw e;
      }
    }

    @Override
    public PayerIdentity identify(CheckoutId checkoutId, PayChoice choice) {
      return activities.identify(checkoutId, choice);
    }

    @Override
    public PrepayResult prepay(PayOrder payOrder) {
      return activities.prepay(payOrder);
    }

    @Override
    public TradeResult query(PayOrder payOrder) {
      return activities.query(payOrder);
    }

    @Override
    public CloseResult close(PayOrder payOrder) {
      return activities.close(payOrder);
    }

    @Override
    public RefundResult refund(RefundOrder refund) {
      return activities.refund(refund);
    }
  }

  private static final Jdbi NO_BOOKS =
      Jdbi.create(
          () -> {
            throw new SQLException("no database in this test");
          });

  private final ScriptedChannel channel = new ScriptedChannel();
  private final List<String> timeline = Collections.synchronizedList(new ArrayList<>());
  private final List<Map<String, Object>> data = Collections.synchronizedList(new ArrayList<>());
  private volatile PayOrderStatus status = PayOrderStatus.PAYING;
  private final ChannelActivitiesImpl activities =
      new ChannelActivitiesImpl(
          () ->
              PayChannels.of(
                  ImmutableTable.of(CHECKOUT.merchant(), Channel.ALIPAY, (PayChannel) channel)),
          () -> new PayLimits(NO_BOOKS, List.of()),
          new ChannelBreakers(new ChannelHealth(NO_BOOKS, Clock.systemUTC()), Clock.systemUTC()),
          (outTradeNo, detail, state, facts) -> {
            timeline.add(outTradeNo + " " + state + " " + detail);
            data.add(facts);
            return status;
          });
  private final TestActivityEnvironment single = TestActivityEnvironment.newInstance();

  @AfterEach
  void stop() {
    single.close();
  }

  private ChannelActivities once() {
    single.registerActivitiesImplementations(activities);
    return single.newActivityStub(ChannelActivities.class);
  }

  private static TradeResult trade(TradeState state) {
    return new TradeResult(OUT_TRADE_NO, state, null, null, null);
  }

  private static TradeResult paid() {
    return new TradeResult(
        OUT_TRADE_NO,
        TradeState.PAID,
        TradeNo.of("2026"),
        Money.ofFen(1234),
        Instant.parse("2026-03-01T09:00:00Z"));
  }

  private static ApplicationFailure failure(ThrowingCallable call) {
    ActivityFailure failure =
        requireNonNull(catchThrowableOfType(ActivityFailure.class, call), "it returned");
    return (ApplicationFailure) requireNonNull(failure.getCause());
  }

  @Test
  void theFirstPollAsksNobodyAndIsBenign() {
    channel.answers.add(paid());
    assertThat(poll()).isEqualTo(paid());
    ApplicationFailure first = pollFailures.get(0);
    assertThat(first.getOriginalMessage()).isEqualTo("not asked yet: nobody pays within a moment");
    assertThat(first.getType()).isEqualTo("NOT_PAID_YET");
    assertThat(first.getCategory()).isEqualTo(ApplicationErrorCategory.BENIGN);
    assertThat(first.isNonRetryable()).isFalse();
    assertThat(pollFailures).hasSize(1);
    assertThat(timeline).hasSize(1);
  }

  private TradeResult poll() {
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance()) {
      Worker workflows = environment.newWorker(TaskQueues.CHECKOUT);
      workflows.registerWorkflowImplementationTypes(AwaitWorkflowImpl.class);
      environment
          .newWorker(TaskQueues.of(Channel.ALIPAY))
          .registerActivitiesImplementations(new Recorded(activities, pollFailures));
      environment.start();
      AwaitWorkflow workflow =
          environment
              .getWorkflowClient()
              .newWorkflowStub(
                  AwaitWorkflow.class,
                  WorkflowOptions.newBuilder()
                      .setWorkflowId("await")
                      .setTaskQueue(TaskQueues.CHECKOUT)
                      .setWorkflowRunTimeout(Duration.ofHours(1))
                      .build());
      return workflow.run(PAY_ORDER);
    }
  }

  @Test
  void pollsUntilPaidAndWritesDownEachAnswer() {
    channel.answers.addAll(
        List.of(trade(TradeState.NOT_CREATED), trade(TradeState.UNPAID), paid()));
    assertThat(poll()).isEqualTo(paid());
    assertThat(pollFailures)
        .allMatch(failure -> failure.getCategory() == ApplicationErrorCategory.BENIGN)
        .extracting(ApplicationFailure::getOriginalMessage)
        .endsWith(
            "ALIPAY says NOT_CREATED: the buyer has not scanned or signed in",
            "ALIPAY says UNPAID: the buyer has not paid")
        .hasSize(3);
    assertThat(timeline)
        .containsExactly(
            OUT_TRADE_NO
                + " NOT_CREATED ALIPAY says NOT_CREATED: the buyer has not scanned or signed in",
            OUT_TRADE_NO + " UNPAID ALIPAY says UNPAID: the buyer has not paid",
            OUT_TRADE_NO + " PAID ALIPAY says PAID: the money has arrived");
    assertThat(data.get(2))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "call",
                "query",
                "state",
                "PAID",
                "trade_no",
                "2026",
                "amount_fen",
                1234L,
                "paid_at",
                "2026-03-01T09:00:00Z"));
  }

  @ParameterizedTest
  @EnumSource(
      value = TradeState.class,
      names = {"CLOSED", "REFUNDED"})
  void pollingEndsWithATradeThatHasEnded(TradeState state) {
    channel.answers.add(trade(state));
    assertThat(poll()).isEqualTo(trade(state));
  }

  @ParameterizedTest
  @EnumSource(
      value = TradeState.class,
      names = {"NOT_CREATED", "UNPAID"})
  void pollingEndsWhenTheBooksAreDoneWithThePayOrder(TradeState state) {
    status = PayOrderStatus.CLOSED;
    channel.answers.add(trade(state));
    assertThat(poll()).isEqualTo(trade(state));
  }

  @Test
  void pollingGoesOnThroughSilence() {
    channel.answers.addAll(List.of(SILENCE, SILENCE, paid()));
    assertThat(poll()).isEqualTo(paid());
    assertThat(timeline).hasSize(3);
    assertThat(timeline.get(0))
        .isEqualTo(OUT_TRADE_NO + " null outcome unknown: the channel is silent");
  }

  @Test
  void aCloseIsWrittenDown() {
    CloseResult alreadyPaid = new CloseResult(CloseResult.Outcome.ALREADY_PAID, paid());
    channel.answers.addAll(
        List.of(alreadyPaid, new CloseResult(CloseResult.Outcome.NOT_CREATED, null)));
    ChannelActivities stub = once();
    assertThat(stub.close(PAY_ORDER)).isEqualTo(alreadyPaid);
    assertThat(stub.close(PAY_ORDER).outcome()).isEqualTo(CloseResult.Outcome.NOT_CREATED);
    assertThat(timeline)
        .containsExactly(
            OUT_TRADE_NO + " PAID ALIPAY answered the close with ALREADY_PAID",
            OUT_TRADE_NO + " null ALIPAY answered the close with NOT_CREATED");
  }

  @Test
  void prepayAndRefundHandOnTheAnswer() {
    PrepayResult ready = PrepayResult.ready(new PayCredential(PayCredential.Type.QR_CODE, "qr"));
    RefundResult refunded = RefundResult.succeeded(Instant.parse("2026-03-01T09:00:00Z"));
    channel.answers.addAll(List.of(ready, refunded));
    ChannelActivities stub = once();
    assertThat(stub.prepay(PAY_ORDER)).isEqualTo(ready);
    assertThat(stub.refund(REFUND)).isEqualTo(refunded);
    assertThat(timeline).isEmpty();
  }

  @Test
  void everySilenceIsRetryableAndWrittenDown() {
    ChannelActivities stub = once();
    Map<String, ThrowingCallable> calls =
        Map.of(
            "prepay", () -> stub.prepay(PAY_ORDER),
            "query", () -> stub.query(PAY_ORDER),
            "close", () -> stub.close(PAY_ORDER),
            "refund", () -> stub.refund(REFUND));
    calls.forEach(
        (name, call) -> {
          timeline.clear();
          data.clear();
          channel.answers.add(SILENCE);
          ApplicationFailure failure = failure(call);
          assertThat(failure.getType()).isEqualTo("CHANNEL_OUTCOME_UNKNOWN");
          assertThat(failure.isNonRetryable()).isFalse();
          assertThat(failure.getOriginalMessage()).isEqualTo("the channel is silent");
          assertThat(failure).hasNoCause();
          assertThat(timeline)
              .containsExactly(OUT_TRADE_NO + " null outcome unknown: the channel is silent");
          assertThat(data).containsExactly(Map.of("call", name));
        });
  }

  @Test
  void aMerchantThatIsNotConfiguredHereIsSaidSo() {
    PayOrder foreign =
        new PayOrder(
            OUT_TRADE_NO,
            CheckoutId.parse("other.1"),
            1,
            Channel.ALIPAY,
            PayMethod.QR,
            Money.ofFen(1),
            "Tea",
            Instant.EPOCH,
            null,
            "buyer-1",
            null);
    ChannelActivities stub = once();
    assertThatThrownBy(() -> stub.query(foreign))
        .rootCause()
        .hasMessageContaining("merchant other");
  }
}
