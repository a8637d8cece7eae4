package dev.durablecheckout.workflows.recovery;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Puts right what should never happen: open work in the books whose workflow is gone (a namespace
 * was lost or restored, somebody terminated it, a defect ended it), and workflows that wait for
 * what has long happened in the books. A schedule runs it; nothing else depends on it.
 */
@WorkflowInterface
public interface LostOrderSweepWorkflow {
  /** The id of the schedule, and the first part of the ids of the workflows that it starts. */
  String SCHEDULE_ID = "lost-order-sweep";

  @WorkflowMethod
  SweepReport run(SweepRequest request);
}
