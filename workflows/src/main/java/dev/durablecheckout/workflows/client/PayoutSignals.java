package dev.durablecheckout.workflows.client;

import dev.durablecheckout.workflows.withdrawal.PayoutNotified;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/** Brings news of payouts to the workflows of withdrawals, for the API. */
public final class PayoutSignals {
  private final WorkflowClient client;
  private final BoundedCalls calls;

  /**
   * @param deadlines cancels calls that run out of time; shared, owned by the caller
   */
  public PayoutSignals(WorkflowClient client, ScheduledExecutorService deadlines) {
    this.client = client;
    this.calls = new BoundedCalls(client, deadlines);
  }

  /**
   * Hands a verified notify to the withdrawal. Durable when this returns.
   *
   * @return false if no workflow of this withdrawal is running: see {@link #startNotified}
   * @throws OutcomeUnknownException if Temporal did not answer within the patience
   */
  public boolean payoutNotified(WithdrawalNo no, PayoutNotified notified, Duration patience) {
    try {
      return calls.within(
          patience,
          deadline -> {
            client.newUntypedWorkflowStub(no.workflowId()).signal(PayoutNotified.SIGNAL, notified);
            return true;
          });
    } catch (NotRunningException e) {
      return false;
    }
  }

  /**
   * Starts the withdrawal again, as the books have it, and hands it the notify, in one request. If
   * one is running meanwhile, that one has it. Durable when this returns.
   *
   * @throws OutcomeUnknownException if Temporal did not answer within the patience
   */
  public void startNotified(
      WorkflowToStart withdrawal, PayoutNotified notified, Duration patience) {
    WorkflowStub workflow =
        client.newUntypedWorkflowStub(
            withdrawal.type().getSimpleName(), WorkflowStarter.options(withdrawal).build());
    WorkflowExecution unused =
        calls.within(
            patience,
            deadline ->
                workflow.signalWithStart(
                    PayoutNotified.SIGNAL,
                    new Object[] {notified},
                    new Object[] {withdrawal.input()}));
  }
}
