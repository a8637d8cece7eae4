package dev.durablecheckout.workflows.refund;

import static java.util.Objects.requireNonNull;

import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.checkout.CheckoutBooks;
import dev.durablecheckout.workflows.event.EventDelivery;
import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.payment.PersistentCalls;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.temporal.ActivityPolicies;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks the channel until the money has gone back; see {@link RefundWorkflow}. */
public final class RefundWorkflowImpl implements RefundWorkflow {
  private static final Duration FIRST_LOOK = Duration.ofSeconds(30);
  private static final Duration LAST_LOOK = Duration.ofHours(1);

  private final RefundBooks books =
      Workflow.newLocalActivityStub(RefundBooks.class, ActivityPolicies.books());
  private final CheckoutBooks checkoutBooks =
      Workflow.newLocalActivityStub(CheckoutBooks.class, ActivityPolicies.books());

  private final RefundOrder refund;
  private RefundStatus status = RefundStatus.MOVES.initial();
  private boolean retryAsked;
  private @Nullable Attention raised;

  @WorkflowInit
  public RefundWorkflowImpl(RefundOrder refund) {
    this.refund = refund;
  }

  @Override
  public RefundStatus run(RefundOrder input) {
    RefundRecorded recorded = books.beginRefund(refund);
    while (recorded.status() != RefundStatus.SUCCEEDED) {
      if (recorded.status() == RefundStatus.FAILED) {
        waitForAPerson();
        recorded = takeUpAgain();
      } else {
        recorded = moveMoneyBack();
      }
    }
    become(RefundStatus.SUCCEEDED);
    tell(recorded.event());
    Workflow.await(Workflow::isEveryHandlerFinished);
    return status;
  }

  private RefundRecorded takeUpAgain() {
    return Workflow.getVersion("retry by a person", Workflow.DEFAULT_VERSION, 1)
            == Workflow.DEFAULT_VERSION
        ? books.beginRefund(refund)
        : books.retryRefund(refund.outRefundNo());
  }

  private RefundRecorded moveMoneyBack() {
    become(RefundStatus.PROCESSING);
    RefundResult result = ask();
    for (Duration pause = FIRST_LOOK; isProcessing(result); pause = longer(pause)) {
      Workflow.sleep(pause);
      result = ask();
    }
    Refusal refusal = result.refusal();
    if (refusal != null) {
      return books.recordRefundRefused(refund.outRefundNo(), refusal);
    }
    return books.recordRefundSucceeded(refund.outRefundNo(), requireNonNull(result.refundedAt()));
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
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LAST_LOOK) < 0 ? twice : LAST_LOOK;
  }

  /**
   * The books carry the attention since the refusal was recorded; this makes it findable in the
   * Temporal UI.
   */
  private void waitForAPerson() {
    become(RefundStatus.FAILED);
    Workflow.upsertTypedSearchAttributes(
        SearchAttributeKeys.ATTENTION.valueSet(Attention.REFUND_FAILED.name()));
    retryAsked = false;
    Workflow.await(() -> retryAsked);
    Workflow.upsertTypedSearchAttributes(SearchAttributeKeys.ATTENTION.valueUnset());
  }

  private void tell(@Nullable OrderEvent event) {
    if (event != null) {
      calm(Attention.CHANNEL_UNREACHABLE, "the channel has answered");
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
                  + "`; put right what it names, then send the update `retry` with a reason.";
        });
  }

  @Override
  public RefundStatus retry(String reason) {
    retryAsked = true;
    Workflow.await(() -> status != RefundStatus.FAILED || !retryAsked);
    return status;
  }

  @Override
  public RefundStatus status() {
    return status;
  }
}
