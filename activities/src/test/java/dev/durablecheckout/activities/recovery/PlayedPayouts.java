package dev.durablecheckout.activities.recovery;

import dev.durablecheckout.workflows.temporal.FailureType;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.PayoutActivities;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A channel that pays out at once, in memory: what it was asked can be counted. */
final class PlayedPayouts implements PayoutActivities {
  private final Supplier<Instant> clock;
  private final List<String> calls = new ArrayList<>();
  private PayoutResult payout = PayoutResult.notCreated();

  PlayedPayouts(Supplier<Instant> clock) {
    this.clock = clock;
  }

  synchronized void become(PayoutResult result) {
    payout = result;
  }

  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public synchronized PayoutResult pay(Payout wanted) {
    calls.add("pay " + wanted.no());
    if (payout.state() == PayoutResult.State.NOT_CREATED) {
      payout = PayoutResult.succeeded("P-1", clock.get(), null);
    }
    return payout;
  }

  @Override
  public synchronized PayoutResult query(Payout wanted) {
    calls.add("query " + wanted.no());
    return payout;
  }

  @Override
  public synchronized PayoutResult awaitChange(Payout wanted, PayoutResult.State from) {
    if (payout.state() == from) {
      throw ApplicationFailure.newFailure("not yet", FailureType.NOT_CHANGED_YET.name());
    }
    return payout;
  }

  @Override
  public PayoutResult cancel(Payout wanted) {
    return query(wanted);
  }
}
