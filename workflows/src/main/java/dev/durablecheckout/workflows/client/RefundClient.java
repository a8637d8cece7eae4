package dev.durablecheckout.workflows.client;

import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundNotified;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundView;
import dev.durablecheckout.workflows.refund.RefundWorkflow;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.grpc.Status;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
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
    return calls.within(
        patience,
        deadline -> {
          try {
            WorkflowUpdateHandle<RefundView> answer =
                WorkflowClient.startUpdateWithStart(
                    workflow::accept,
                    UpdateOptions.<RefundView>newBuilder()
                        .setUpdateId(RefundWorkflow.ACCEPT_UPDATE_ID)
                        .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
                        .build(),
                    new WithStartWorkflowOperation<>(workflow::run, refund));
            return BoundedCalls.result(answer, deadline);
          } catch (WorkflowServiceException e) {
            // The workflow has ended, and this server does not hand out its stored answer by
            // itself.
            if (BoundedCalls.statusOf(e) == Status.Code.ALREADY_EXISTS) {
              return BoundedCalls.result(firstAnswer(refund.outRefundNo()), deadline);
            }
            throw e;
          }
        });
  }

  /**
   * The first answer of a refund that was asked for before. Starts nothing.
   *
   * @throws RefusedException if the refund was refused, for good
   * @throws OutcomeUnknownException if there is no answer yet
   * @throws NotRunningException if the server does not know the refund
   */
  public RefundView firstAnswer(OutRefundNo outRefundNo, Duration patience) {
    return calls.within(
        patience, deadline -> BoundedCalls.result(firstAnswer(outRefundNo), deadline));
  }

  private WorkflowUpdateHandle<RefundView> firstAnswer(OutRefundNo outRefundNo) {
    return client
        .newUntypedWorkflowStub(RefundWorkflow.workflowId(outRefundNo))
        .getUpdateHandle(RefundWorkflow.ACCEPT_UPDATE_ID, RefundView.class);
  }

  private static WorkflowOptions startOptions(RefundOrder refund) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(RefundWorkflow.workflowId(refund.outRefundNo()))
        .setTaskQueue(TaskQueues.CHECKOUT)
        .setWorkflowIdConflictPolicy(
            WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
        .setStaticSummary(
            "refund " + refund.amount() + " of " + refund.checkoutId() + ", " + refund.reason())
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
    try {
      return calls.within(
          patience,
          deadline -> {
            client
                .newUntypedWorkflowStub(RefundWorkflow.workflowId(outRefundNo))
                .signal("refundNotified", notified);
            return true;
          });
    } catch (NotRunningException e) {
      return false;
    }
  }
}
