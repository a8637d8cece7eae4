package dev.durablecheckout.workflows.serviceorder;

import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult.State;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** WeChat PayScore with one order, by its own rules; can be away. */
final class FakePayScore implements ServiceOrderActivities {
  private final Supplier<Instant> clock;
  private final List<String> calls = new ArrayList<>();
  private State state = State.NOT_CREATED;
  private @Nullable Instant startedAt;
  private @Nullable Instant endedAt;
  private @Nullable Money total;
  private @Nullable Money paid;
  private @Nullable Refusal refuseNext;
  private boolean down;

  FakePayScore(Supplier<Instant> clock) {
    this.clock = clock;
  }

  // The buyer and the world.

  synchronized ServiceOrderResult confirm() {
    state = State.CONFIRMED;
    startedAt = clock.get().truncatedTo(ChronoUnit.SECONDS);
    return order();
  }

  synchronized ServiceOrderResult collect() {
    return collect(total);
  }

  synchronized ServiceOrderResult collect(@Nullable Money amount) {
    state = State.SETTLED;
    paid = amount;
    return order();
  }

  synchronized void expire() {
    state = State.EXPIRED;
  }

  synchronized void down(boolean isDown) {
    down = isDown;
  }

  synchronized void refuseNext(Refusal refusal) {
    refuseNext = refusal;
  }

  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  synchronized @Nullable Instant endedAt() {
    return endedAt;
  }

  synchronized @Nullable Money total() {
    return total;
  }

  synchronized ServiceOrderResult order() {
    return new ServiceOrderResult(
        state,
        "1000",
        startedAt,
        total,
        state == State.SETTLED ? TradeNo.of("4200000000") : null,
        paid,
        state == State.SETTLED ? clock.get() : null);
  }

  // Its interface.

  private void called(String name) {
    if (down) {
      throw ApplicationFailure.newFailure("no answer", FailureType.CHANNEL_OUTCOME_UNKNOWN.name());
    }
    calls.add(name);
  }

  private @Nullable ServiceOrderAnswer refusal() {
    Refusal refusal = refuseNext;
    refuseNext = null;
    return refusal == null ? null : ServiceOrderAnswer.refused(refusal);
  }

  @Override
  public synchronized ServiceOrderAnswer create(ServiceOrderRequest request) {
    called("create");
    ServiceOrderAnswer refusal = refusal();
    if (refusal != null) {
      return refusal;
    }
    if (state == State.NOT_CREATED) {
      state = State.CREATED;
    }
    return ServiceOrderAnswer.created(
        order(), PayCredential.of(PayCredential.Type.WECHAT_PAYSCORE, Map.of("package", "p")));
  }

  @Override
  public synchronized ServiceOrderResult awaitChange(ServiceOrderId id, State from) {
    if (Activity.getExecutionContext().getInfo().getAttempt() == 1 || state == from || down) {
      throw ApplicationFailure.newBuilder()
          .setMessage("still " + state)
          .setType(FailureType.NOT_CHANGED_YET.name())
          .setCategory(ApplicationErrorCategory.BENIGN)
          .build();
    }
    return order();
  }

  @Override
  public synchronized ServiceOrderResult query(ServiceOrderId id) {
    called("query");
    return order();
  }

  @Override
  public synchronized ServiceOrderAnswer complete(
      ServiceOrderId id, ServiceBill bill, Instant endedAt) {
    called("complete");
    ServiceOrderAnswer refusal = refusal();
    if (refusal != null) {
      return refusal;
    }
    if (state == State.CONFIRMED) {
      if (!endedAt.isAfter(startedAt) || endedAt.isAfter(clock.get())) {
        throw new AssertionError("ended at " + endedAt + ", begun at " + startedAt);
      }
      state = State.COLLECTING;
      this.endedAt = endedAt;
      total = bill.total();
    }
    return ServiceOrderAnswer.of(order());
  }

  @Override
  public synchronized ServiceOrderAnswer modify(
      ServiceOrderId id, ServiceBill bill, String reason) {
    called("modify");
    total = bill.total();
    return ServiceOrderAnswer.of(order());
  }

  @Override
  public synchronized ServiceOrderAnswer cancel(ServiceOrderId id, String reason) {
    called("cancel");
    if (state == State.CREATED || state == State.CONFIRMED) {
      state = State.CANCELLED;
    }
    return ServiceOrderAnswer.of(order());
  }

  @Override
  public synchronized ServiceOrderAnswer sync(ServiceOrderId id, Instant paidAt) {
    called("sync");
    state = State.SETTLED;
    return ServiceOrderAnswer.of(order());
  }
}
