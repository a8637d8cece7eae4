package dev.durablecheckout.workflows.client;

import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.grpc.Status;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Starts workflows that the books hold open and Temporal does not run. Safe beside live workers and
 * beside others who do the same: a workflow's id is the one lock there is, and one that is running
 * is never touched. Each call is bounded, and throws {@link OutcomeUnknownException} when its time
 * is over.
 */
public final class WorkflowStarter {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LIST_PATIENCE = Duration.ofSeconds(25);

  private final WorkflowClient client;
  private final BoundedCalls calls;

  /**
   * @param deadlines cancels calls that run out of time; shared, owned by the caller
   */
  public WorkflowStarter(WorkflowClient client, ScheduledExecutorService deadlines) {
    this.client = client;
    this.calls = new BoundedCalls(client, deadlines);
  }

  /** What Temporal says of a workflow id. */
  public enum Life {
    RUNNING,
    /** Ended by itself. */
    COMPLETED,
    /** Never was, is forgotten, or was ended by force: terminated, failed, cancelled, timed out. */
    GONE
  }

  /** Whether a workflow lives. Changes nothing. */
  public Life look(String workflowId) {
    try {
      WorkflowExecutionStatus status =
          calls.within(
              PATIENCE,
              deadline -> client.newUntypedWorkflowStub(workflowId).describe().getStatus());
      return switch (status) {
        case WORKFLOW_EXECUTION_STATUS_RUNNING, WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW ->
            Life.RUNNING;
        case WORKFLOW_EXECUTION_STATUS_COMPLETED -> Life.COMPLETED;
        default -> Life.GONE;
      };
    } catch (NotRunningException e) {
      return Life.GONE;
    }
  }

  /**
   * Starts a workflow unless one of its id is running; one that has ended does not stand in the
   * way, since the books know better whether it was done.
   *
   * @return false if one is running
   */
  public boolean start(WorkflowToStart work) {
    WorkflowStub workflow =
        client.newUntypedWorkflowStub(
            work.type().getSimpleName(),
            options(work)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .build());
    return calls.within(
        PATIENCE,
        deadline -> {
          try {
            workflow.start(work.input());
            return true;
          } catch (WorkflowExecutionAlreadyStarted e) {
            return false;
          }
        });
  }

  /** One that has ended does not stand in the way; what of one that runs, the caller says. */
  static WorkflowOptions.Builder options(WorkflowToStart work) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(work.workflowId())
        .setTaskQueue(TaskQueues.CHECKOUT)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
        .setStaticSummary(work.summary())
        .setTypedSearchAttributes(work.attributes());
  }

  /**
   * Ids of workflows by a visibility query, at most {@code limit}; none on a server that cannot
   * list. The list is a little behind what {@link #look} says.
   */
  public List<String> list(String query, int limit) {
    try {
      return calls.within(
          LIST_PATIENCE,
          deadline ->
              client
                  .listExecutions(query)
                  .limit(limit)
                  .map(found -> found.getExecution().getWorkflowId())
                  .toList());
    } catch (OutcomeUnknownException e) {
      if (BoundedCalls.statusOf(e) == Status.Code.UNIMPLEMENTED) {
        return List.of();
      }
      throw e;
    }
  }

  /**
   * Sends a signal.
   *
   * @return false if the workflow has ended meanwhile
   */
  public boolean signal(String workflowId, String name) {
    return calls.signal(workflowId, name, PATIENCE);
  }

  /**
   * Sends an update and does not wait for what comes of it.
   *
   * @return false if the workflow has ended meanwhile
   */
  public boolean update(String workflowId, String name, Object argument) {
    try {
      return calls.within(
          PATIENCE,
          deadline ->
              client
                      .newUntypedWorkflowStub(workflowId)
                      .startUpdate(
                          UpdateOptions.newBuilder(Object.class)
                              .setUpdateName(name)
                              .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
                              .build(),
                          argument)
                      .getId()
                  != null);
    } catch (NotRunningException e) {
      return false;
    }
  }
}
