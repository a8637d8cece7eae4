package dev.durablecheckout.activities.channel;

import dev.durablecheckout.activities.channel.health.ChannelBreakers;
import dev.durablecheckout.activities.channel.health.ChannelRestException;
import dev.durablecheckout.workflows.temporal.FailureType;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.PayoutActivities;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.function.Supplier;

/** Payouts as activities. */
public final class PayoutActivitiesImpl implements PayoutActivities {
  @FunctionalInterface
  private interface Call {
    PayoutResult on(PayoutChannel channel) throws ChannelOutcomeUnknownException;
  }

  /** Longer than a request can be on its way that was given up. */
  private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);

  private final Supplier<PayoutChannels> channels;
  private final ChannelBreakers breakers;

  public PayoutActivitiesImpl(Supplier<PayoutChannels> channels, ChannelBreakers breakers) {
    this.channels = channels;
    this.breakers = breakers;
  }

  @Override
  public PayoutResult pay(Payout payout) {
    if (payout.payee() == null) {
      // It was paid once: the books forget the payee with that.
      throw ApplicationFailure.newNonRetryableFailure(
          payout.no() + " can only be asked about", FailureType.WITHDRAWAL_STATE.name());
    }
    PayoutResult answer = call(payout, channel -> channel.pay(payout));
    if (mayHaveOvertaken(answer)) {
      throw ChannelFailures.overtaking(
          payout.no() + " is refused, and an earlier request may be on its way", ON_ITS_WAY);
    }
    return answer;
  }

  /**
   * Whether the no may be older news than a request of ours whose answer was lost a moment ago:
   * that one could arrive yet, and be paid after the money was put back. The second try is seconds
   * after the first, however long that waited for a worker.
   */
  private static boolean mayHaveOvertaken(PayoutResult answer) {
    ActivityInfo activity = Activity.getExecutionContext().getInfo();
    long sinceScheduled = activity.getStartedTimestamp() - activity.getScheduledTimestamp();
    return answer.state() == PayoutResult.State.REFUSED
        && answer.payoutNo() == null
        && (activity.getAttempt() == 2
            || (activity.getAttempt() > 2 && sinceScheduled < ON_ITS_WAY.toMillis()));
  }

  @Override
  public PayoutResult query(Payout payout) {
    return call(payout, channel -> channel.query(payout));
  }

  @Override
  public PayoutResult awaitChange(Payout payout, PayoutResult.State from) {
    if (ChannelFailures.isFirstTry()) {
      throw notChangedYet("not asked yet: nothing changes within a moment");
    }
    PayoutResult result = query(payout);
    if (result.state() == from) {
      throw notChangedYet("it is still " + from);
    }
    return result;
  }

  private static ApplicationFailure notChangedYet(String message) {
    return ChannelFailures.notYet(FailureType.NOT_CHANGED_YET, message);
  }

  @Override
  public PayoutResult cancel(Payout payout) {
    return call(payout, channel -> channel.cancel(payout));
  }

  private PayoutResult call(Payout payout, Call call) {
    PayoutChannel channel = channels.get().get(payout.merchant(), payout.channel());
    try {
      return breakers.call(payout.merchant(), payout.channel(), () -> call.on(channel));
    } catch (ChannelRestException e) {
      throw ChannelFailures.resting(e);
    } catch (ChannelOutcomeUnknownException e) {
      throw ChannelFailures.outcomeUnknown(e);
    }
  }
}
