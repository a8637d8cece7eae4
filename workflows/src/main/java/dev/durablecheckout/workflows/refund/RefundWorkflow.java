package dev.durablecheckout.workflows.refund;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One refund, until the channel has definitely done it. A refusal does not end it: it waits, with
 * {@code REFUND_FAILED} as attention, for a person to say {@link #retry}.
 */
@WorkflowInterface
public interface RefundWorkflow {
  @WorkflowMethod
  RefundStatus run(RefundOrder refund);

  /** Tries a refused refund again, under the same number. The reason is kept in the history. */
  @UpdateMethod(description = "Try a refused refund again; say why")
  RefundStatus retry(String reason);

  @QueryMethod(description = "Where the refund stands")
  RefundStatus status();

  static String workflowId(OutRefundNo outRefundNo) {
    return "refund:" + outRefundNo.value();
  }
}
