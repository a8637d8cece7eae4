package dev.durablecheckout.workflows.temporal;

import com.google.common.annotations.VisibleForTesting;
import dev.durablecheckout.workflows.event.EventActivities;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.ChannelActivities;
import dev.durablecheckout.workflows.reconciliation.ReconciliationActivities;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderActivities;
import dev.durablecheckout.workflows.withdrawal.PayoutActivities;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Every timeout and retry of an activity, with its reason. */
public final class ActivityPolicies {
  /**
   * A little over the channel client's own timeouts (3 s to connect, 10 s to read, two calls in a
   * close).
   */
  private static final Duration CHANNEL_ATTEMPT = Duration.ofSeconds(30);

  /** After this long without a usable answer a person is told; the call goes on. */
  public static final Duration PATIENCE = Duration.ofMinutes(10);

  /** A download that has given no sound bill for this long is looked at anew, and is told of. */
  public static final Duration BILL_PATIENCE = Duration.ofHours(1);

  /** More than a bill of a million lines takes to be downloaded, or compared. */
  private static final Duration BILL_ATTEMPT = Duration.ofMinutes(30);

  private static final Duration BILL_HEARTBEAT = Duration.ofMinutes(1);

  private ActivityPolicies() {}

  /**
   * Our own database: fast, retried for ever. Below two seconds a retry waits inside the workflow
   * task; above, it is a timer, so that a database that is down for hours costs few events.
   */
  public static LocalActivityOptions books() {
    return LocalActivityOptions.newBuilder()
        .setStartToCloseTimeout(Duration.ofSeconds(5))
        .setLocalRetryThreshold(Duration.ofSeconds(2))
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setMaximumAttempts(Integer.MAX_VALUE)
                .setInitialInterval(Duration.ofMillis(200))
                .setMaximumInterval(Duration.ofMinutes(5))
                .build())
        .build();
  }

  /**
   * A channel call whose answer is needed now: retried quickly, given up as unknown after {@code
   * patience}.
   */
  public static ChannelActivities channel(Channel channel, Duration patience, String summary) {
    return Workflow.newActivityStub(
        ChannelActivities.class, answeredNow(channel, patience, summary));
  }

  /**
   * Query compensation: each retry is one poll, 5 s, 10 s, 20 s ... capped at 5 min. No event is
   * written per poll, and the UI shows the attempt count and the last answer.
   */
  public static ChannelActivities polling(Channel channel, String summary) {
    return Workflow.newActivityStub(
        ChannelActivities.class,
        ActivityOptions.newBuilder()
            .setTaskQueue(TaskQueues.of(channel))
            .setStartToCloseTimeout(CHANNEL_ATTEMPT)
            .setRetryOptions(pollingRetries())
            .setSummary(summary)
            .build());
  }

  /** Retried quickly, given up as unknown after {@code patience}. */
  private static ActivityOptions answeredNow(Channel channel, Duration patience, String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.of(channel))
        .setStartToCloseTimeout(CHANNEL_ATTEMPT)
        .setScheduleToCloseTimeout(patience)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofSeconds(1))
                .setMaximumInterval(Duration.ofSeconds(30))
                .build())
        .setSummary(summary)
        .build();
  }

  private static ActivityOptions askedForHours(Channel channel, String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.of(channel))
        .setStartToCloseTimeout(CHANNEL_ATTEMPT)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofSeconds(5))
                .setBackoffCoefficient(2)
                .setMaximumInterval(Duration.ofHours(1))
                .build())
        .setSummary(summary)
        .build();
  }

  /** A call to WeChat PayScore, given up as unknown after {@code patience}. */
  public static ServiceOrderActivities serviceOrders(Duration patience, String summary) {
    return Workflow.newActivityStub(
        ServiceOrderActivities.class, answeredNow(Channel.WECHAT_PAY, patience, summary));
  }

  /** As {@link #polling}, for what takes hours or weeks: capped at 1 h. */
  public static ServiceOrderActivities pollingServiceOrders(String summary) {
    return Workflow.newActivityStub(
        ServiceOrderActivities.class, askedForHours(Channel.WECHAT_PAY, summary));
  }

  /** A call about a payout, given up as unknown after {@code patience}. */
  public static PayoutActivities payouts(Channel channel, Duration patience, String summary) {
    return Workflow.newActivityStub(
        PayoutActivities.class, answeredNow(channel, patience, summary));
  }

  /** As {@link #pollingServiceOrders}, for payouts: banks take hours, and may send money back. */
  public static PayoutActivities pollingPayouts(Channel channel, String summary) {
    return Workflow.newActivityStub(PayoutActivities.class, askedForHours(channel, summary));
  }

  /** The download of a bill: given up as not there after {@link #BILL_PATIENCE}. */
  public static ReconciliationActivities bills(String summary) {
    return Workflow.newActivityStub(
        ReconciliationActivities.class,
        reconciling(summary).setScheduleToCloseTimeout(BILL_PATIENCE).build());
  }

  /** What is done with a bill in our own database: retried for ever. */
  public static ReconciliationActivities reconciliation(String summary) {
    return Workflow.newActivityStub(ReconciliationActivities.class, reconciling(summary).build());
  }

  private static ActivityOptions.Builder reconciling(String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.RECONCILIATION)
        .setStartToCloseTimeout(BILL_ATTEMPT)
        .setHeartbeatTimeout(BILL_HEARTBEAT)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofSeconds(5))
                .setMaximumInterval(Duration.ofMinutes(10))
                .build())
        .setSummary(summary);
  }

  @VisibleForTesting
  static RetryOptions pollingRetries() {
    return RetryOptions.newBuilder()
        .setInitialInterval(Duration.ofSeconds(5))
        .setBackoffCoefficient(2)
        .setMaximumInterval(Duration.ofMinutes(5))
        .build();
  }

  /** Delivery to an order system: retried for {@code patience}, at most every half hour. */
  public static EventActivities events(Duration patience, String summary) {
    return Workflow.newActivityStub(
        EventActivities.class,
        ActivityOptions.newBuilder()
            .setTaskQueue(TaskQueues.EVENTS)
            .setStartToCloseTimeout(Duration.ofSeconds(20))
            .setScheduleToCloseTimeout(patience)
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofSeconds(1))
                    .setMaximumInterval(Duration.ofMinutes(30))
                    .build())
            .setSummary(summary)
            .build());
  }
}
