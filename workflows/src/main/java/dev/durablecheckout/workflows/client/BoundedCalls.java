package dev.durablecheckout.workflows.client;

import com.google.common.base.Enums;
import com.google.common.base.Throwables;
import dev.durablecheckout.workflows.temporal.FailureType;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Functions;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls to Temporal that end when their time is over, in one of our exceptions. */
final class BoundedCalls {
  private final WorkflowClient client;
  private final ScheduledExecutorService deadlines;

  BoundedCalls(WorkflowClient client, ScheduledExecutorService deadlines) {
    this.client = client;
    this.deadlines = deadlines;
  }

  /**
   * Sends an update and waits for its outcome. One with an id that was used before gets that one's.
   */
  <V> V update(
      Class<V> type,
      String workflowId,
      String name,
      @Nullable String updateId,
      Duration patience,
      Object... arguments) {
    UpdateOptions<V> options =
        UpdateOptions.newBuilder(type)
            .setUpdateName(name)
            .setUpdateId(updateId == null ? UUID.randomUUID().toString() : updateId)
            .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
            .build();
    WorkflowStub workflow = client.newUntypedWorkflowStub(workflowId);
    return within(patience, deadline -> result(workflow.startUpdate(options, arguments), deadline));
  }

  /**
   * What a workflow of ours is started with: a number has one workflow, for good. A second start
   * joins the first, also after its end.
   */
  static WorkflowOptions.Builder startOnce(String workflowId) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(workflowId)
        .setTaskQueue(TaskQueues.CHECKOUT)
        .setWorkflowIdConflictPolicy(
            WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE);
  }

  /**
   * Starts a workflow with the update that answers for the start, and waits for that answer; a
   * repeat, also after the end, gets the first answer again.
   *
   * @throws NotRunningException if the workflow has ended and has no such answer, as one that was
   *     started again without its first caller: the books know what became of it
   */
  <V> V opened(
      FirstAnswer<V> first,
      Functions.Func<V> open,
      WithStartWorkflowOperation<?> start,
      Duration patience) {
    UpdateOptions<V> options =
        UpdateOptions.newBuilder(first.type())
            .setUpdateId(first.updateId())
            .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
            .build();
    return within(
        patience,
        deadline -> {
          try {
            return result(WorkflowClient.startUpdateWithStart(open, options, start), deadline);
          } catch (WorkflowServiceException | WorkflowNotFoundException e) {
            // The workflow has ended, and this server does not hand out its stored answer by
            // itself.
            if (statusOf(e) == Status.Code.ALREADY_EXISTS) {
              return result(stored(first), deadline);
            }
            // What is not found then is not this workflow, which was to be started.
            throw new OutcomeUnknownException(e);
          }
        });
  }

  /** The answer that was given before. Starts nothing. */
  <V> V firstAnswer(FirstAnswer<V> first, Duration patience) {
    return within(patience, deadline -> result(stored(first), deadline));
  }

  private <V> WorkflowUpdateHandle<V> stored(FirstAnswer<V> first) {
    return client
        .newUntypedWorkflowStub(first.workflowId())
        .getUpdateHandle(first.updateId(), first.type());
  }

  /** Asks a workflow, also after its end while the server keeps it. */
  <V> V query(Class<V> type, String workflowId, String name, Duration patience) {
    WorkflowStub workflow = client.newUntypedWorkflowStub(workflowId);
    return within(patience, deadline -> workflow.query(name, type));
  }

  /**
   * Sends a signal. Durable when this returns.
   *
   * @return false if no such workflow is running
   */
  boolean signal(String workflowId, String name, Duration patience, Object... arguments) {
    WorkflowStub workflow = client.newUntypedWorkflowStub(workflowId);
    try {
      return within(
          patience,
          deadline -> {
            workflow.signal(name, arguments);
            return true;
          });
    } catch (NotRunningException e) {
      return false;
    }
  }

  /**
   * The wait for the outcome is bounded here, and must be begun here: a handle that was asked to
   * wait for COMPLETED polls for ever, on threads that know of no deadline, because the server ends
   * a poll without an outcome shortly before its time.
   */
  private static <V> V result(WorkflowUpdateHandle<V> answer, Deadline deadline) {
    return answer.getResult(
        Math.max(1, deadline.timeRemaining(TimeUnit.MILLISECONDS)), TimeUnit.MILLISECONDS);
  }

  <T> T within(Duration patience, Function<Deadline, T> call) {
    Deadline deadline = Deadline.after(patience.toMillis(), TimeUnit.MILLISECONDS);
    Context.CancellableContext context = Context.current().withDeadline(deadline, deadlines);
    try {
      return context.call(() -> call.apply(deadline));
    } catch (WorkflowUpdateTimeoutOrCancelledException e) {
      throw new OutcomeUnknownException(e);
    } catch (WorkflowUpdateException e) {
      throw refusal(e);
    } catch (WorkflowNotFoundException e) {
      throw new NotRunningException(e);
    } catch (WorkflowQueryException e) {
      // As of a workflow that was terminated: it can say nothing any more.
      throw new OutcomeUnknownException(e);
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      throw statusOf(e) == Status.Code.NOT_FOUND
          ? new NotRunningException(e)
          : new OutcomeUnknownException(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new OutcomeUnknownException(e);
    } finally {
      context.cancel(null);
    }
  }

  /** A rejection by a validator carries the refusal as its cause; the SDK keeps no other. */
  private static RuntimeException refusal(WorkflowUpdateException e) {
    for (Throwable cause : Throwables.getCausalChain(e)) {
      if (cause instanceof ApplicationFailure failure) {
        Optional<FailureType> type =
            Enums.getIfPresent(FailureType.class, failure.getType()).toJavaUtil();
        if (type.isPresent()) {
          return new RefusedException(type.get(), failure.getOriginalMessage());
        }
      }
    }
    return new OutcomeUnknownException(e);
  }

  static Status.@Nullable Code statusOf(Throwable e) {
    return Throwables.getCausalChain(e).stream()
        .filter(StatusRuntimeException.class::isInstance)
        .map(cause -> ((StatusRuntimeException) cause).getStatus().getCode())
        .findFirst()
        .orElse(null);
  }
}
