package dev.durablecheckout.activities.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableTable;
import dev.durablecheckout.activities.channel.health.ChannelBreakers;
import dev.durablecheckout.activities.channel.health.ChannelHealth;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.temporal.ActivityPolicies;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import dev.durablecheckout.workflows.withdrawal.Payee;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a no of a channel to a payout is believed. */
final class PayoutActivitiesImplTest {
  private static final MerchantId SHOP = MerchantId.of("shop");
  private static final PayoutResult REFUSED =
      PayoutResult.refused(
          null, new Refusal(Refusal.Code.BUYER_ACCOUNT, "PAYEE_NOT_EXIST", "no such account"));
  private static final PayoutResult PAID =
      PayoutResult.succeeded("P-1", Instant.parse("2026-11-26T12:00:00Z"), null);

  /** Says, call by call, what it was given; nothing at all for what is not there. */
  private static final class ScriptedChannel implements PayoutChannel {
    private final Queue<PayoutResult> answers = new ConcurrentLinkedQueue<>();
    private final List<Long> calls = Collections.synchronizedList(new ArrayList<>());
    private final LongSupplier now;
    private int lost;

    ScriptedChannel(LongSupplier now) {
      this.now = now;
    }

    @Override
    public PayoutResult pay(Payout payout) throws ChannelOutcomeUnknownException {
      calls.add(now.getAsLong());
      if (lost-- > 0) {
        throw new ChannelOutcomeUnknownException("the channel is silent");
      }
      return answers.remove();
    }

    @Override
    public PayoutResult query(Payout payout) {
      throw new IllegalStateException("nobody asks");
    }

    @Override
    public PayoutResult cancel(Payout payout) {
      throw new IllegalStateException("nobody takes back");
    }
  }

  /** Sends one payout, as a withdrawal does. */
  @WorkflowInterface
  public interface PayWorkflow {
    @WorkflowMethod
    PayoutResult run(Payout payout);
  }

  /** Its implementation. */
  public static final class PayWorkflowImpl implements PayWorkflow {
    @Override
    public PayoutResult run(Payout payout) {
      return ActivityPolicies.payouts(payout.channel(), ActivityPolicies.PATIENCE, "pay")
          .pay(payout);
    }
  }

  private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();
  private final ScriptedChannel channel = new ScriptedChannel(temporal::currentTimeMillis);

  @AfterEach
  void tearDown() {
    temporal.close();
  }

  private PayoutResult pay(int lost, PayoutResult... answers) {
    channel.lost = lost;
    Collections.addAll(channel.answers, answers);
    PayoutChannels channels = PayoutChannels.of(ImmutableTable.of(SHOP, Channel.ALIPAY, channel));
    ChannelHealth health =
        new ChannelHealth(Jdbi.create("jdbc:postgresql://nowhere/"), Clock.systemUTC());
    Worker worker = temporal.newWorker(TaskQueues.of(Channel.ALIPAY));
    worker.registerActivitiesImplementations(
        new PayoutActivitiesImpl(() -> channels, new ChannelBreakers(health, Clock.systemUTC())));
    worker.registerWorkflowImplementationTypes(PayWorkflowImpl.class);
    temporal.start();
    return temporal
        .getWorkflowClient()
        .newWorkflowStub(
            PayWorkflow.class,
            WorkflowOptions.newBuilder().setTaskQueue(TaskQueues.of(Channel.ALIPAY)).build())
        .run(
            new Payout(
                WithdrawalNo.of(SHOP, MerchantOrderNo.of("O-1")),
                SHOP,
                Channel.ALIPAY,
                new Money(600),
                new Payee(Payee.Kind.ALIPAY_USER_ID, "2088102146225135", null),
                "your money"));
  }

  @Test
  void aNoToTheFirstRequestIsBelieved() {
    assertThat(pay(0, REFUSED)).isEqualTo(REFUSED);
    assertThat(channel.calls).hasSize(1);
  }

  @Test
  void aNoToAQuickRepeatIsAskedForAgainWhenTheFirstCannotBeOnItsWayAnyMore() {
    assertThat(pay(1, REFUSED, REFUSED)).isEqualTo(REFUSED);

    assertThat(channel.calls).hasSize(3);
    assertThat(channel.calls.get(2) - channel.calls.get(1))
        .isGreaterThanOrEqualTo(Duration.ofMinutes(1).toMillis());
  }

  @Test
  void theFirstRequestMayArriveAfterTheNoAndBePaid() {
    assertThat(pay(3, REFUSED, PAID)).isEqualTo(PAID);
  }

  @Test
  void aNoUnderANumberOfTheChannelIsBelievedAtOnce() {
    PayoutResult failed = PayoutResult.refused("P-1", REFUSED.refusal());

    assertThat(pay(1, failed)).isEqualTo(failed);
    assertThat(channel.calls).hasSize(2);
  }
}
