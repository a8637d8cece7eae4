package dev.durablecheckout.workflows.reconciliation;

import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Finds out which day is meant, and starts it; see {@link ReconciliationStarter}. */
public final class ReconciliationStarterImpl implements ReconciliationStarter {
  private static final SearchAttributeKey<OffsetDateTime> DUE =
      SearchAttributeKey.forOffsetDateTime("TemporalScheduledStartTime");

  @Override
  public BillDay run(ReconciliationStart start) {
    @Nullable OffsetDateTime due = Workflow.getTypedSearchAttributes().get(DUE);
    Instant time =
        due == null ? Instant.ofEpochMilli(Workflow.currentTimeMillis()) : due.toInstant();
    BillDay day =
        new BillDay(
            start.merchant(),
            start.channel(),
            time.atZone(BillDay.ZONE).toLocalDate().minusDays(1));
    ReconciliationWorkflow workflow =
        Workflow.newChildWorkflowStub(
            ReconciliationWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(day.workflowId())
                .setTaskQueue(TaskQueues.CHECKOUT)
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setTypedSearchAttributes(
                    SearchAttributes.newBuilder()
                        .set(SearchAttributeKeys.PAY_CHANNEL, day.channel().name())
                        .build())
                .setStaticSummary("reconciliation of " + day)
                .build());
    Async.function(workflow::run, day, null);
    try {
      Workflow.getWorkflowExecution(workflow).get();
    } catch (ChildWorkflowFailure running) {
      Workflow.getLogger(ReconciliationStarterImpl.class).info("{} is under way already", day);
    }
    return day;
  }
}
