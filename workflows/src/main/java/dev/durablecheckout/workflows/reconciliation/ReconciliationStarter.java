package dev.durablecheckout.workflows.reconciliation;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * What a schedule starts each day: begins the reconciliation of the day before the one for which it
 * was due, not of the day on which it runs. A server that was down for three days catches up with
 * three days.
 */
@WorkflowInterface
public interface ReconciliationStarter {
  /**
   * @return the day that is being reconciled
   */
  @WorkflowMethod
  BillDay run(ReconciliationStart start);
}
