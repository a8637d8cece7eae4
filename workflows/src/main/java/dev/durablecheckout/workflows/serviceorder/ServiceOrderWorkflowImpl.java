package dev.durablecheckout.workflows.serviceorder;

import static java.util.Objects.requireNonNull;

import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.command.AskedCommands;
import dev.durablecheckout.workflows.command.CommandRefused;
import dev.durablecheckout.workflows.command.GravestAttention;
import dev.durablecheckout.workflows.event.EventQueue;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.PersistentCalls;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult.State;
import dev.durablecheckout.workflows.temporal.ActivityPolicies;
import dev.durablecheckout.workflows.temporal.FailureType;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owns the sequence of one service order. Notifies, polls and commands only put facts and wishes
 * into the fields below; {@link #run} alone acts on them, news of WeChat before wishes of the
 * merchant.
 */
public final class ServiceOrderWorkflowImpl implements ServiceOrderWorkflow {
  private final ServiceOrderBooks books =
      Workflow.newLocalActivityStub(ServiceOrderBooks.class, ActivityPolicies.books());

  private final ServiceOrderRequest request;

  // What was heard of and what was asked for, not yet acted on.
  private final Deque<Heard> heard = new ArrayDeque<>();
  private final AskedCommands<ServiceOrderView> asked = new AskedCommands<>();
  private boolean cancelAsked;

  // What was decided.
  private ServiceOrderRecord record;
  private @Nullable ApplicationFailure refused;
  private @Nullable PayCredential credential;
  private boolean answered;
  private State seen = State.CREATED;
  private final EventQueue toTell = new EventQueue();
  private final GravestAttention<Attention> attention = new GravestAttention<>(new Kept());

  private record Heard(ServiceOrderResult order, PaySource source, @Nullable Long notifyLogId) {}

  @WorkflowInit
  public ServiceOrderWorkflowImpl(ServiceOrderRequest request) {
    this.request = request;
    this.record =
        new ServiceOrderRecord(
            request.id(),
            ServiceOrderStatus.MOVES.initial(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of());
  }

  @Override
  public ServiceOrderStatus run(ServiceOrderRequest input) {
    // A cancellation asked for in the Temporal UI is a wish to give the order up, not a reason to
    // drop what is under way.
    CancellationScope.current().getCancellationRequest().thenApply(reason -> cancelAsked = true);
    Workflow.newDetachedCancellationScope(
            () -> {
              Async.procedure(this::tellOrderSystem);
              openInBooks();
              createAtChannel();
              followToItsEnd();
              Workflow.await(() -> toTell.isEmpty() && Workflow.isEveryHandlerFinished());
            })
        .run();
    return record.status();
  }

  private void openInBooks() {
    try {
      takeUp(books.open(request));
    } catch (ActivityFailure e) {
      refused = CommandRefused.verdict(e);
      answered = true;
    }
  }

  private void createAtChannel() {
    if (refused == null && record.status() == ServiceOrderStatus.CREATED) {
      ServiceOrderAnswer answer = untilAnswered("create", channel -> channel.create(request));
      Refusal refusal = answer.refusal();
      if (refusal != null) {
        books.recordRefused(request.id(), refusal);
        takeUp(books.open(request));
      } else {
        credential = answer.credential();
        advance(requireNonNull(answer.order()), PaySource.QUERY, null);
      }
    }
    answered = true;
  }

  private void followToItsEnd() {
    CancellationScope watching = Workflow.newCancellationScope(() -> Async.procedure(this::watch));
    watching.run();
    while (!ended()) {
      Workflow.await(() -> !heard.isEmpty() || !asked.isEmpty() || cancelAsked);
      if (!heard.isEmpty()) {
        Heard news = heard.remove();
        advance(news.order(), news.source(), news.notifyLogId());
      } else if (!asked.isEmpty()) {
        asked.remove().serve();
      } else {
        cancelAsked = false;
        giveUp();
      }
    }
    watching.cancel("the order has ended");
    while (!asked.isEmpty()) {
      asked.remove().serve();
    }
  }

  /** Asks WeChat now and then whether the order is elsewhere, in case a notify is lost. */
  private void watch() {
    while (!ended()) {
      try {
        heard.add(
            new Heard(
                ActivityPolicies.pollingServiceOrders("is " + request.id() + " still " + seen + "?")
                    .awaitChange(request.id(), seen),
                PaySource.QUERY,
                null));
      } catch (CanceledFailure e) {
        return;
      } catch (ActivityFailure e) {
        if (e.getCause() instanceof CanceledFailure) {
          return;
        }
        throw e;
      }
      Workflow.await(() -> heard.isEmpty() || ended());
    }
  }

  private void giveUp() {
    try {
      cancelling("asked for in Temporal");
    } catch (ApplicationFailure e) {
      Workflow.getLogger(ServiceOrderWorkflowImpl.class)
          .warn("{} is not cancelled: {}", request.id(), e.getOriginalMessage());
    }
  }

  /** Books what WeChat said, each step of the way if news of some was lost. */
  private void advance(ServiceOrderResult order, PaySource source, @Nullable Long notifyLogId) {
    seen = order.state() == State.NOT_CREATED ? seen : order.state();
    for (ServiceOrderStatus next : record.status().pathTo(status(order.state()))) {
      if (next == ServiceOrderStatus.SETTLED && !isWhatWasBilled(order)) {
        attention.raise(
            Attention.AMOUNT_MISMATCH,
            "WeChat reports " + order.paid() + " collected for " + request.id());
        return;
      }
      takeUp(
          books.record(new ServiceOrderProgress(request.id(), next, order, source, notifyLogId)));
    }
  }

  private static ServiceOrderStatus status(State state) {
    return switch (state) {
      case NOT_CREATED, CREATED -> ServiceOrderStatus.CREATED;
      case CONFIRMED -> ServiceOrderStatus.CONFIRMED;
      case COLLECTING -> ServiceOrderStatus.COMPLETED;
      case SETTLED -> ServiceOrderStatus.SETTLED;
      case CANCELLED -> ServiceOrderStatus.CANCELLED;
      case EXPIRED -> ServiceOrderStatus.EXPIRED;
    };
  }

  /** What was settled outside, or by a bill that came from the console, is not ours to compare. */
  private boolean isWhatWasBilled(ServiceOrderResult order) {
    ServiceBill bill = record.bill();
    Money paid = order.paid();
    return bill == null || paid == null || paid.equals(bill.total());
  }

  private void takeUp(ServiceOrderRecord next) {
    boolean moved = next.status() != record.status();
    record = next;
    if (moved) {
      if (next.status() != ServiceOrderStatus.CREATED) {
        credential = null;
      }
      Workflow.upsertTypedSearchAttributes(
          SearchAttributeKeys.CHECKOUT_STATUS.valueSet(next.status().name()));
    }
    toTell.add(next.undelivered());
    describe();
  }

  private void tellOrderSystem() {
    toTell.tell(
        trouble -> attention.raise(Attention.EVENT_UNDELIVERED, trouble),
        () -> attention.lower(Attention.EVENT_UNDELIVERED, "the order system has acknowledged"));
  }

  private ServiceOrderAnswer untilAnswered(
      String what, Functions.Func1<ServiceOrderActivities, ServiceOrderAnswer> call) {
    String summary = what + " " + request.id();
    while (true) {
      try {
        ServiceOrderAnswer answer =
            call.apply(ActivityPolicies.serviceOrders(ActivityPolicies.PATIENCE, summary));
        attention.lower(Attention.CHANNEL_UNREACHABLE, "WeChat has answered");
        return answer;
      } catch (ActivityFailure e) {
        PersistentCalls.tellAndPause(
            summary, trouble -> attention.raise(Attention.CHANNEL_UNREACHABLE, trouble));
      }
    }
  }

  // Commands.

  @Override
  public ServiceOrderView open() {
    Workflow.await(() -> answered);
    if (refused != null) {
      throw CommandRefused.byVerdict(refused);
    }
    return serviceOrder();
  }

  @Override
  public void serviceOrderNotified(ServiceOrderNotified notified) {
    heard.add(new Heard(notified.order(), PaySource.NOTIFY, notified.notifyLogId()));
  }

  @Override
  public ServiceOrderView complete(CompleteServiceOrder command) {
    return ask(() -> completing(command));
  }

  @Override
  public ServiceOrderView modify(ServiceBill bill, String reason) {
    return ask(() -> modifying(bill, reason));
  }

  @Override
  public ServiceOrderView cancel(String reason) {
    return ask(() -> cancelling(reason));
  }

  @Override
  public ServiceOrderView sync(Instant paidAt) {
    return ask(() -> syncing(paidAt));
  }

  private ServiceOrderView ask(Functions.Func<ServiceOrderView> work) {
    Workflow.await(() -> answered);
    if (ended()) {
      return work.apply();
    }
    return asked.ask(work);
  }

  private ServiceOrderView completing(CompleteServiceOrder command) {
    if (isBilled(command.bill())) {
      return serviceOrder();
    }
    lookWhether(ServiceOrderStatus.CONFIRMED);
    require(ServiceOrderStatus.CONFIRMED);
    if (!request.riskFund().covers(command.bill().total())) {
      throw CommandRefused.byHandler(
          FailureType.RISK_FUND_EXCEEDED,
          "at most " + request.riskFund().amount() + " can be collected");
    }
    Instant end = end(command.endedAt());
    books.recordBill(request.id(), command.bill(), end);
    takeUp(books.open(request));
    take(untilAnswered("complete", channel -> channel.complete(request.id(), command.bill(), end)));
    require(ServiceOrderStatus.COMPLETED, ServiceOrderStatus.SETTLED);
    return serviceOrder();
  }

  /** A repeat of the command that ended the service. */
  private boolean isBilled(ServiceBill bill) {
    return bill.equals(record.bill())
        && (record.status() == ServiceOrderStatus.COMPLETED
            || record.status() == ServiceOrderStatus.SETTLED);
  }

  /**
   * When the service ended, to the second: after its beginning, and far enough in the past that
   * WeChat's clock agrees.
   */
  private Instant end(@Nullable Instant endedAt) {
    Instant begun = record.startedAt();
    Instant earliest = begun == null ? Instant.EPOCH : second(begun).plusSeconds(1);
    if (endedAt != null && second(endedAt).isBefore(earliest)) {
      throw CommandRefused.byHandler(
          FailureType.SERVICE_END_INVALID,
          "the service began at " + begun + " and cannot end before");
    }
    if (endedAt != null && endedAt.isAfter(now())) {
      throw CommandRefused.byHandler(FailureType.SERVICE_END_INVALID, "the end lies in the future");
    }
    Instant end = second(endedAt == null ? now().minusSeconds(1) : endedAt);
    end = end.isBefore(earliest) ? earliest : end;
    Duration tooEarly = Duration.between(now(), end.plusSeconds(1));
    if (tooEarly.compareTo(Duration.ZERO) > 0) {
      Workflow.sleep(tooEarly);
    }
    return end;
  }

  private static Instant second(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }

  private ServiceOrderView modifying(ServiceBill bill, String reason) {
    if (isBilled(bill)) {
      return serviceOrder();
    }
    require(ServiceOrderStatus.COMPLETED);
    ServiceBill old = requireNonNull(record.bill());
    if (bill.total().compareTo(old.total()) >= 0) {
      throw CommandRefused.byHandler(
          FailureType.BILL_NOT_LOWER, "the bill is " + old.total() + " already");
    }
    ServiceOrderAnswer answer =
        untilAnswered("modify", channel -> channel.modify(request.id(), bill, reason));
    throwIfRefused(answer);
    books.recordBill(request.id(), bill, requireNonNull(record.endedAt()));
    takeUp(books.open(request));
    take(answer);
    return serviceOrder();
  }

  private ServiceOrderView cancelling(String reason) {
    if (record.status() == ServiceOrderStatus.CANCELLED) {
      return serviceOrder();
    }
    require(ServiceOrderStatus.CREATED, ServiceOrderStatus.CONFIRMED);
    take(untilAnswered("cancel", channel -> channel.cancel(request.id(), reason)));
    require(ServiceOrderStatus.CANCELLED);
    return serviceOrder();
  }

  private ServiceOrderView syncing(Instant paidAt) {
    if (record.status() == ServiceOrderStatus.SETTLED) {
      return serviceOrder();
    }
    require(ServiceOrderStatus.COMPLETED);
    take(untilAnswered("sync", channel -> channel.sync(request.id(), paidAt)));
    require(ServiceOrderStatus.SETTLED);
    return serviceOrder();
  }

  private void take(ServiceOrderAnswer answer) {
    throwIfRefused(answer);
    advance(requireNonNull(answer.order()), PaySource.QUERY, null);
  }

  private static void throwIfRefused(ServiceOrderAnswer answer) {
    Refusal refusal = answer.refusal();
    if (refusal != null) {
      throw CommandRefused.byHandler(
          FailureType.CHANNEL_REFUSED,
          "WeChat refuses: " + refusal.channelCode() + " " + refusal.message());
    }
  }

  /** The buyer may have confirmed, and the notify may be lost: WeChat is asked before a no. */
  private void lookWhether(ServiceOrderStatus hoped) {
    if (!record.status().pathTo(hoped).isEmpty()) {
      take(untilAnswered("query", channel -> ServiceOrderAnswer.of(channel.query(request.id()))));
    }
  }

  private void require(ServiceOrderStatus... possible) {
    if (!List.of(possible).contains(record.status())) {
      throw CommandRefused.byHandler(
          FailureType.SERVICE_ORDER_STATE, "the order is " + record.status());
    }
  }

  private final class Kept implements GravestAttention.Keeper<Attention> {
    @Override
    public @Nullable Attention raised() {
      return record.attention();
    }

    @Override
    public void keep(@Nullable Attention reason, String detail) {
      books.recordAttention(request.id(), reason, detail);
      record = withAttention(reason);
      describe();
    }
  }

  private ServiceOrderRecord withAttention(@Nullable Attention reason) {
    return new ServiceOrderRecord(
        record.id(),
        record.status(),
        reason,
        record.startedAt(),
        record.endedAt(),
        record.bill(),
        record.transactionId(),
        record.paid(),
        record.refusal(),
        record.undelivered());
  }

  private void describe() {
    Attention raised = record.attention();
    Workflow.setCurrentDetails(
        "**"
            + record.status()
            + "**\n\n"
            + request.introduction()
            + ", "
            + request.riskFund().name()
            + " "
            + request.riskFund().amount()
            + (raised == null
                ? "\n\nNothing to do."
                : "\n\n**Attention: " + raised + "**. See its page in the runbook."));
  }

  @Override
  public ServiceOrderView serviceOrder() {
    return new ServiceOrderView(
        request.id(),
        request.requestId(),
        request.fingerprint(),
        record.status(),
        record.attention(),
        request.riskFund(),
        credential,
        record.refusal(),
        record.startedAt(),
        record.endedAt(),
        record.bill(),
        record.paid(),
        record.transactionId());
  }

  private boolean ended() {
    return refused != null || record.status().isFinal();
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
