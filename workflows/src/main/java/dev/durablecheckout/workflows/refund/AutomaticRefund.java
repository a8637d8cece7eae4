package dev.durablecheckout.workflows.refund;

import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;

/** Sends a whole payment back that did not settle its checkout. */
public final class AutomaticRefund {
  private AutomaticRefund() {}

  /**
   * Sees to it that the refund of this payment is running, in a workflow of its own that outlives
   * the caller. Starting it twice is the same as once: its id follows from the pay order.
   */
  public static void start(PayOrder payOrder, RefundReason reason) {
    RefundOrder refund = RefundOrder.automatic(payOrder, reason);
    RefundWorkflow workflow =
        Workflow.newChildWorkflowStub(
            RefundWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(RefundWorkflow.workflowId(refund.outRefundNo()))
                .setTaskQueue(TaskQueues.CHECKOUT)
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .setStaticSummary(refund.summary())
                .build());
    Async.function(workflow::run, refund);
    try {
      Workflow.getWorkflowExecution(workflow).get();
    } catch (ChildWorkflowFailure alreadyStarted) {
      Workflow.getLogger(AutomaticRefund.class)
          .info("refund {} is running already", refund.outRefundNo());
    }
  }
}
