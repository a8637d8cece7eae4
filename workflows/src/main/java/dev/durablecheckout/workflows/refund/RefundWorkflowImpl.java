package dev.durablecheckout.workflows.refund;

import static java.util.Objects.requireNonNull;

import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.checkout.CheckoutBooks;
import dev.durablecheckout.workflows.command.CommandRefused;
import dev.durablecheckout.workflows.event.EventDelivery;
import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.payment.PersistentCalls;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.temporal.ActivityPolicies;
import dev.durablecheckout.workflows.temporal.FailureType;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Asks the channel until the money has gone back; see {@link RefundWorkflow}. */
public final class RefundWorkflowImpl implements RefundWorkflow {
  /** A bank takes up to five working days; after this a person should ask, too. */
  static final Duration SLOW = Duration.ofDays(7);

  private static final Duration FIRST_LOOK = Duration.ofSeconds(30);
  private static final Duration LAST_LOOK = Duration.ofHours(1);
  private static final Duration FIRST_BALANCE_PAUSE = Duration.ofHours(1);
  private static final Duration LAST_BALANCE_PAUSE = Duration.ofDays(1);

  private final RefundBooks books =
      Workflow.newLocalActivityStub(RefundBooks.class, ActivityPolicies.books());
  private final CheckoutBooks checkoutBooks =
      Workflow.newLocalActivityStub(CheckoutBooks.class, ActivityPolicies.books());

  private final RefundOrder refund;
  private RefundStatus status = RefundStatus.MOVES.initial();
  private boolean begun;
  private @Nullable ApplicationFailure refused;
  private @Nullable RefundResult lastAnswer;
  private Duration balancePause = FIRST_BALANCE_PAUSE;

  // What was asked for and what was heard of, not yet acted on.
  private boolean notified;
  private boolean retryAsked;
  private @Nullable String abandonReason;

  private @Nullable Attention raised;

  @WorkflowInit
  public RefundWorkflowImpl(RefundOrder refund) {
    this.refund = refund;
  }

  @Override
  public @Nullable RefundStatus run(RefundOrder input) {
    // A cancellation asked for in the Temporal UI must not leave money half way: `abandon` is the
    // way to give a refund up.
    Workflow.newDetachedCancellationScope(this::sendMoneyBack).run();
    return refused == null ? status : null;
  }

  private void sendMoneyBack() {
    RefundRecorded recorded = begin();
    while (recorded != null && !recorded.status().isFinal()) {
      recorded = recorded.status() == RefundStatus.FAILED ? waitForAPerson() : moveMoneyBack();
    }
    if (recorded != null) {
      become(recorded.status());
      tell(recorded.event());
    }
    Workflow.await(Workflow::isEveryHandlerFinished);
  }

  /** Absent if the books refuse the refund, which is final. */
  private @Nullable RefundRecorded begin() {
    RefundRecorded recorded = null;
    try {
      recorded = books.beginRefund(refund);
    } catch (ActivityFailure e) {
      refused = CommandRefused.verdict(e);
      Workflow.setCurrentDetails("The books **refuse** it: " + refused.getOriginalMessage() + ".");
    }
    begun = true;
    return recorded;
  }

  private RefundRecorded takeUpAgain() {
    if (Workflow.getVersion("retry by a person", Workflow.DEFAULT_VERSION, 1)
        != Workflow.DEFAULT_VERSION) {
      return books.retryRefund(refund.outRefundNo());
    }
    // A run that was retried before keeps the old version for good, but its next begin moves no
    // refused refund any more; in what has been, it always did.
    RefundRecorded again = books.beginRefund(refund);
    return again.status() == RefundStatus.FAILED ? books.retryRefund(refund.outRefundNo()) : again;
  }

  private RefundRecorded moveMoneyBack() {
    become(RefundStatus.PROCESSING);
    if (refund.request() != null) {
      waitForSlot();
    }
    RefundResult result = ask();
    Instant slowAt = now().plus(SLOW);
    for (Duration pause = FIRST_LOOK; isProcessing(result); pause = longer(pause)) {
      if (!now().isBefore(slowAt)) {
        tellThatItIsSlow();
      }
      sleepUnlessNotified(pause);
      result = ask();
    }
    lastAnswer = result;
    Refusal why = result.refusal();
    if (why != null) {
      return books.recordRefundRefused(refund.outRefundNo(), why);
    }
    return books.recordRefundSucceeded(refund.outRefundNo(), requireNonNull(result.refundedAt()));
  }

  /** Automatic refunds need none: theirs is the only one of its payment. */
  private void waitForSlot() {
    Duration left = Duration.between(now(), books.takeRefundSlot(refund.outRefundNo()));
    if (left.compareTo(Duration.ZERO) > 0) {
      Workflow.newTimer(
              left, TimerOptions.newBuilder().setSummary("the channel wants refunds apart").build())
          .get();
    }
  }

  private RefundResult ask() {
    return PersistentCalls.untilAnswered(
        refund.channel(),
        "refund " + refund.outRefundNo(),
        channel -> channel.refund(refund),
        trouble -> raise(Attention.CHANNEL_UNREACHABLE, trouble));
  }

  /** A bank can take days; the channel is asked less and less often. */
  private static boolean isProcessing(RefundResult result) {
    return result.refundedAt() == null && result.refusal() == null;
  }

  private static Duration longer(Duration pause) {
    return shorter(pause.multipliedBy(2), LAST_LOOK);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void sleepUnlessNotified(Duration pause) {
    if (!notified) {
      CancellationScope sleeping =
          Workflow.newCancellationScope(
              () -> {
                Promise<Void> timer = Workflow.newTimer(pause);
                Workflow.await(() -> timer.isCompleted() || notified);
              });
      sleeping.run();
      sleeping.cancel("the channel has told something");
    }
    notified = false;
  }

  private void tellThatItIsSlow() {
    if (raised == null
        && Workflow.getVersion("tell of a slow refund", Workflow.DEFAULT_VERSION, 1)
            != Workflow.DEFAULT_VERSION) {
      raise(
          Attention.REFUND_SLOW,
          refund.outRefundNo() + " has been under way for " + SLOW.toDays() + " days");
    }
  }

  /**
   * The books carry the attention since the refusal was recorded; this makes it findable in the
   * Temporal UI.
   */
  private RefundRecorded waitForAPerson() {
    become(RefundStatus.FAILED);
    Workflow.upsertTypedSearchAttributes(
        SearchAttributeKeys.ATTENTION.valueSet(Attention.REFUND_FAILED.name()));
    retryAsked = false;
    abandonReason = null;
    if (isBalanceTooLow()) {
      waitForAPersonOrABetterBalance();
    } else {
      Workflow.await(this::somebodyDecided);
    }
    Workflow.upsertTypedSearchAttributes(SearchAttributeKeys.ATTENTION.valueUnset());
    return abandonReason == null
        ? takeUpAgain()
        : books.abandonRefund(refund.outRefundNo(), abandonReason);
  }

  private boolean somebodyDecided() {
    return retryAsked || abandonReason != null;
  }

  private boolean isBalanceTooLow() {
    Refusal why = lastAnswer == null ? null : lastAnswer.refusal();
    return why != null && why.code() == Refusal.Code.MERCHANT_BALANCE;
  }

  /** The next payments fill the account: so it is also tried again by itself. */
  private void waitForAPersonOrABetterBalance() {
    CancellationScope waiting =
        Workflow.newCancellationScope(
            () -> {
              Promise<Void> timer =
                  Workflow.newTimer(
                      balancePause,
                      TimerOptions.newBuilder()
                          .setSummary("the account may hold enough by then")
                          .build());
              Workflow.await(() -> timer.isCompleted() || somebodyDecided());
            });
    waiting.run();
    waiting.cancel("somebody has decided");
    balancePause = shorter(balancePause.multipliedBy(2), LAST_BALANCE_PAUSE);
  }

  private void tell(@Nullable OrderEvent event) {
    if (event != null) {
      calm(Attention.CHANNEL_UNREACHABLE, "the channel has answered");
      calm(Attention.REFUND_SLOW, "the refund has ended");
      EventDelivery.untilAcknowledged(
          event, trouble -> raise(Attention.EVENT_UNDELIVERED, trouble));
      calm(Attention.EVENT_UNDELIVERED, "the order system has acknowledged");
    }
  }

  private void calm(Attention reason, String detail) {
    if (raised == reason) {
      raised = null;
      checkoutBooks.takeBackAttention(refund.checkoutId(), reason, detail);
      Workflow.upsertTypedSearchAttributes(SearchAttributeKeys.ATTENTION.valueUnset());
    }
  }

  private void raise(Attention attention, String detail) {
    raised = attention;
    checkoutBooks.recordAttention(refund.checkoutId(), attention, detail);
    Workflow.upsertTypedSearchAttributes(SearchAttributeKeys.ATTENTION.valueSet(attention.name()));
  }

  private void become(RefundStatus next) {
    status = next;
    Workflow.setCurrentDetails(
        switch (next) {
          case PROCESSING ->
              "Asking the channel to send " + refund.amount() + " back (" + refund.reason() + ").";
          case SUCCEEDED -> "The money has gone back.";
          case FAILED ->
              "The channel **refuses** the refund. See the timeline of `"
                  + refund.checkoutId()
                  + "`; put right what it names, then send the update `retry` with a reason."
                  + (isBalanceTooLow() ? " It is also tried again by itself." : "");
          case ABANDONED -> "Given up: the money stays with the merchant.";
        });
  }

  @Override
  public RefundView accept() {
    Workflow.await(() -> begun);
    if (refused != null) {
      throw CommandRefused.byVerdict(refused);
    }
    RefundRequest request = refund.request();
    return new RefundView(
        refund.outRefundNo(),
        request == null ? null : request.requestId(),
        request == null ? null : request.fingerprint(),
        status);
  }

  @Override
  public void refundNotified(RefundNotified message) {
    notified = true;
  }

  @Override
  public RefundStatus retry(String reason) {
    retryAsked = true;
    Workflow.await(() -> status != RefundStatus.FAILED || !retryAsked);
    return status;
  }

  @Override
  public RefundStatus abandon(String reason) {
    abandonReason = reason;
    Workflow.await(() -> status != RefundStatus.FAILED || abandonReason == null);
    return status;
  }

  @Override
  public void validateAbandon(String reason) {
    if (reason.isBlank()) {
      throw notAllowed("say why");
    }
    if (refund.request() == null) {
      throw notAllowed("nobody asked for this refund: the money is not the merchant's");
    }
    if (status != RefundStatus.FAILED) {
      throw notAllowed("it is " + status + ", not FAILED");
    }
    if (lastAnswer == null) {
      throw notAllowed("what the channel says of it now is not known: retry first");
    }
    if (Boolean.TRUE.equals(lastAnswer.stuck())) {
      throw notAllowed("the channel keeps it and may still do it: finish it there, then retry");
    }
  }

  private static IllegalStateException notAllowed(String message) {
    return CommandRefused.byValidator(FailureType.REFUND_STATE, message);
  }

  @Override
  public RefundStatus status() {
    return status;
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
