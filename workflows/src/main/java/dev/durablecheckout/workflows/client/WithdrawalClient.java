package dev.durablecheckout.workflows.client;

import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRequest;
import dev.durablecheckout.workflows.withdrawal.WithdrawalStatus;
import dev.durablecheckout.workflows.withdrawal.WithdrawalView;
import dev.durablecheckout.workflows.withdrawal.WithdrawalWorkflow;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
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
    return calls.opened(
        opening(request.no()),
        workflow::open,
        new WithStartWorkflowOperation<>(workflow::run, request),
        patience);
  }

  /**
   * The first answer of a withdrawal that was asked for before. Starts nothing.
   *
   * @throws RefusedException if the withdrawal was refused, for good
   * @throws OutcomeUnknownException if there is no answer yet
   * @throws NotRunningException if the server does not know the withdrawal, or not this answer
   */
  public WithdrawalView firstAnswer(WithdrawalNo no, Duration patience) {
    return calls.firstAnswer(opening(no), patience);
  }

  private static FirstAnswer<WithdrawalView> opening(WithdrawalNo no) {
    return new FirstAnswer<>(
        no.workflowId(), WithdrawalWorkflow.OPEN_UPDATE_ID, WithdrawalView.class);
  }

  private static WorkflowOptions startOptions(WithdrawalRequest request) {
    return BoundedCalls.startOnce(request.no().workflowId())
        .setStaticSummary(request.summary())
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
    return calls.query(WithdrawalView.class, no.workflowId(), "withdrawal", patience);
  }
}
