package dev.durablecheckout.workflows.withdrawal;

import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.temporal.FailureType;
import dev.durablecheckout.workflows.withdrawal.PayoutResult.State;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A channel that has at most one payout, and pays each number once. */
final class FakePayouts implements PayoutActivities {
  /** What a request meets. */
  enum Line {
    GOOD,
    /** The request gets there, the answer does not come back. */
    ANSWERS_LOST,
    /** Nothing gets there. */
    DEAD
  }

  static final Refusal NO_SUCH_PAYEE =
      new Refusal(Refusal.Code.BUYER_ACCOUNT, "PAYEE_NOT_EXIST", "no such account");
  static final Refusal NO_MONEY =
      new Refusal(Refusal.Code.INSUFFICIENT_BALANCE, "PAYER_BALANCE_NOT_ENOUGH", "not enough");

  private final Supplier<Instant> clock;
  private final List<String> calls = new ArrayList<>();
  private PayoutResult first;
  private @Nullable PayoutResult payout;
  private @Nullable Refusal notNow;
  private Line line = Line.GOOD;
  private int paid;
  private int queriesUntilTakenBack;
  private boolean isBeingTakenBack;
  private @Nullable Payout asked;

  FakePayouts(Supplier<Instant> clock) {
    this.clock = clock;
    this.first = PayoutResult.processing("P-1");
  }

  /** How a new payout begins. */
  synchronized void begin(PayoutResult how) {
    first = how;
  }

  synchronized void line(Line how) {
    line = how;
  }

  /** As long as there is a reason, nothing is paid. */
  synchronized void stop(@Nullable Refusal reason) {
    notNow = reason;
  }

  /** Whatever is taken back shows as under way to so many queries. */
  synchronized void takeBackAfter(int queries) {
    queriesUntilTakenBack = queries;
  }

  synchronized void become(PayoutResult result) {
    payout = result;
    if (result.state() == State.SUCCEEDED) {
      paid++;
    }
  }

  /** As WeChat Pay does after 30 days: what it is sent then is new to it. */
  synchronized void forget() {
    payout = null;
  }

  synchronized void pays() {
    become(PayoutResult.succeeded("P-1", clock.get(), null));
  }

  synchronized int timesPaid() {
    return paid;
  }

  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public synchronized PayoutResult pay(Payout wanted) {
    arrive("pay");
    if (asked != null && !asked.equals(wanted)) {
      throw ApplicationFailure.newNonRetryableFailure("another payout", "TEST");
    }
    asked = wanted;
    if (payout == null && notNow != null) {
      return answer(PayoutResult.notNow(notNow));
    }
    if (payout == null) {
      become(first);
    }
    return answer(payout);
  }

  @Override
  public synchronized PayoutResult query(Payout wanted) {
    arrive("query");
    if (isBeingTakenBack && --queriesUntilTakenBack < 0) {
      payout = PayoutResult.cancelled("P-1", clock.get());
    }
    return answer(now());
  }

  private PayoutResult now() {
    return payout == null ? PayoutResult.notCreated() : payout;
  }

  @Override
  public synchronized PayoutResult awaitChange(Payout wanted, State from) {
    if (Activity.getExecutionContext().getInfo().getAttempt() == 1
        || line != Line.GOOD
        || now().state() == from) {
      throw ApplicationFailure.newFailure("not yet", FailureType.NOT_CHANGED_YET.name());
    }
    return now();
  }

  @Override
  public synchronized PayoutResult cancel(Payout wanted) {
    arrive("cancel");
    if (payout != null && payout.state() == State.AWAITING_BUYER) {
      isBeingTakenBack = queriesUntilTakenBack > 0;
      payout =
          isBeingTakenBack
              ? PayoutResult.processing("P-1")
              : PayoutResult.cancelled("P-1", clock.get());
    }
    return answer(now());
  }

  private void arrive(String call) {
    if (line == Line.DEAD) {
      throw unknown();
    }
    calls.add(call);
  }

  private PayoutResult answer(PayoutResult result) {
    if (line == Line.ANSWERS_LOST) {
      throw unknown();
    }
    return result;
  }

  private static ApplicationFailure unknown() {
    return ApplicationFailure.newFailure("?", FailureType.CHANNEL_OUTCOME_UNKNOWN.name());
  }
}
