package dev.durablecheckout.workflows.client;

import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRequest;
import dev.durablecheckout.workflows.withdrawal.WithdrawalStatus;
import dev.durablecheckout.workflows.withdrawal.WithdrawalView;
import dev.durablecheckout.workflows.withdrawal.WithdrawalWorkflow;
import io.grpc.Status;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The typed front door to withdrawals, for the API; as {@link CheckoutClient} for checkouts. Each
 * call is bounded by the given patience, and throws {@link OutcomeUnknownException} when that has
 * run out; {@link #cancel} throws {@link RefusedException} as {@link WithdrawalWorkflow} lists, and
 * {@link NotRunningException} if the withdrawal's workflow has ended or never was.
 */
public final class WithdrawalClient {
  private final WorkflowClient client;
  private final BoundedCalls calls;

  /**
   * @param deadlines cancels calls that run out of time; shared, owned by the caller
   */
  public WithdrawalClient(WorkflowClient client, ScheduledExecutorService deadlines) {
    this.client = client;
    this.calls = new BoundedCalls(client, deadlines);
  }

  /** Starts the withdrawal and waits for its first answer; a repeat gets the first answer again. */
  public WithdrawalView open(WithdrawalRequest request, Duration patience) {
    WithdrawalWorkflow workflow =
        client.newWorkflowStub(WithdrawalWorkflow.class, startOptions(request));
    return calls.within(
        patience,
        deadline -> {
          try {
            WorkflowUpdateHandle<WithdrawalView> answer =
                WorkflowClient.startUpdateWithStart(
                    workflow::open,
                    UpdateOptions.<WithdrawalView>newBuilder()
                        .setUpdateId(WithdrawalWorkflow.OPEN_UPDATE_ID)
                        .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
                        .build(),
                    new WithStartWorkflowOperation<>(workflow::run, request));
            return BoundedCalls.result(answer, deadline);
          } catch (WorkflowServiceException e) {
            // The workflow has ended, and this server does not hand out its stored answer by
            // itself.
            if (BoundedCalls.statusOf(e) == Status.Code.ALREADY_EXISTS) {
              return BoundedCalls.result(
                  client
                      .newUntypedWorkflowStub(request.no().workflowId())
                      .getUpdateHandle(WithdrawalWorkflow.OPEN_UPDATE_ID, WithdrawalView.class),
                  deadline);
            }
            throw e;
          }
        });
  }

  private static WorkflowOptions startOptions(WithdrawalRequest request) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(request.no().workflowId())
        .setTaskQueue(TaskQueues.CHECKOUT)
        .setWorkflowIdConflictPolicy(
            WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
        .setStaticSummary("withdrawal " + request.payout().merchant() + " " + request.merchantNo())
        .setTypedSearchAttributes(
            SearchAttributes.newBuilder()
                .set(SearchAttributeKeys.CHECKOUT_STATUS, WithdrawalStatus.HELD.name())
                .set(SearchAttributeKeys.PAY_CHANNEL, request.payout().channel().name())
                .set(SearchAttributeKeys.AMOUNT_FEN, request.payout().amount().amountFen())
                .build())
        .build();
  }

  /** Takes the withdrawal back, which can take minutes. */
  public WithdrawalView cancel(
      WithdrawalNo no, String reason, @Nullable String updateId, Duration patience) {
    return calls.update(
        WithdrawalView.class, no.workflowId(), "cancelWithdrawal", updateId, patience, reason);
  }

  /** The workflow's own view, also after its end while the server keeps it. */
  public WithdrawalView view(WithdrawalNo no, Duration patience) {
    WorkflowStub workflow = client.newUntypedWorkflowStub(no.workflowId());
    return calls.within(patience, deadline -> workflow.query("withdrawal", WithdrawalView.class));
  }
}
