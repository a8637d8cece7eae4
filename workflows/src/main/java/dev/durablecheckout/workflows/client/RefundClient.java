package dev.durablecheckout.workflows.client;

import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundNotified;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundView;
import dev.durablecheckout.workflows.refund.RefundWorkflow;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The typed front door to refunds, for the API; as {@link CheckoutClient} for checkouts. Each call
 * is bounded by the given patience, and throws {@link OutcomeUnknownException} when that has run
 * out.
 */
public final class RefundClient {
  private final WorkflowClient client;
  private final BoundedCalls calls;

  /**
   * @param deadlines cancels calls that run out of time; shared, owned by the caller
   */
  public RefundClient(WorkflowClient client, ScheduledExecutorService deadlines) {
    this.client = client;
    this.calls = new BoundedCalls(client, deadlines);
  }

  /**
   * Starts the refund and waits until the books have accepted it; a repeat, also after the end,
   * gets the first answer again (see {@link RefundView#requestId}).
   *
   * @throws RefusedException if the books refused it, for good
   * @throws OutcomeUnknownException if there is no answer yet
   */
  public RefundView refund(RefundOrder refund, Duration patience) {
    RefundWorkflow workflow = client.newWorkflowStub(RefundWorkflow.class, startOptions(refund));
    return calls.opened(
        accepting(refund.outRefundNo()),
        workflow::accept,
        new WithStartWorkflowOperation<>(workflow::run, refund),
        patience);
  }

  /**
   * The first answer of a refund that was asked for before. Starts nothing.
   *
   * @throws RefusedException if the refund was refused, for good
   * @throws OutcomeUnknownException if there is no answer yet
   * @throws NotRunningException if the server does not know the refund
   */
  public RefundView firstAnswer(OutRefundNo outRefundNo, Duration patience) {
    return calls.firstAnswer(accepting(outRefundNo), patience);
  }

  private static FirstAnswer<RefundView> accepting(OutRefundNo outRefundNo) {
    return new FirstAnswer<>(
        RefundWorkflow.workflowId(outRefundNo), RefundWorkflow.ACCEPT_UPDATE_ID, RefundView.class);
  }

  private static WorkflowOptions startOptions(RefundOrder refund) {
    return BoundedCalls.startOnce(RefundWorkflow.workflowId(refund.outRefundNo()))
        .setStaticSummary(refund.summary())
        .setTypedSearchAttributes(
            SearchAttributes.newBuilder()
                .set(SearchAttributeKeys.PAY_CHANNEL, refund.channel().name())
                .set(SearchAttributeKeys.AMOUNT_FEN, refund.amount().amountFen())
                .build())
        .build();
  }

  /**
   * Hands a verified notify to the refund. Durable when this returns.
   *
   * @return false if no workflow of this refund is running
   */
  public boolean refundNotified(
      OutRefundNo outRefundNo, RefundNotified notified, Duration patience) {
    return calls.signal(
        RefundWorkflow.workflowId(outRefundNo), "refundNotified", patience, notified);
  }
}
