package dev.durablecheckout.workflows.withdrawal;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/**
 * One withdrawal, from the request until the money is definitely with the buyer or in the wallet
 * again. Its id is {@link WithdrawalNo#workflowId}; the books' unique keys guard what outlives the
 * id.
 */
@WorkflowInterface
public interface WithdrawalWorkflow {
  @WorkflowMethod
  WithdrawalStatus run(WithdrawalRequest request);

  /** How long after a payment it is looked out for money that a bank sends back, within days. */
  Duration WATCHED = Duration.ofDays(7);

  /** The fixed id of the {@link #open} update. */
  String OPEN_UPDATE_ID = "open";

  /**
   * Answers as soon as the channel has, or has not for a while. Fails, for good, as {@link
   * WithdrawalBooks#hold} does.
   */
  @UpdateMethod(name = "openWithdrawal", description = "The first answer")
  WithdrawalView open();

  /** A verified notify of the channel: it is asked how the payout stands. Repeats are harmless. */
  @SignalMethod(name = PayoutNotified.SIGNAL, description = "A verified notify of the channel")
  void payoutNotified(PayoutNotified notified);

  /** Asks the channel now, or sends the payout again if it has none, under the same number. */
  @UpdateMethod(description = "Try now what is waited with")
  WithdrawalView retry(String reason);

  @UpdateValidatorMethod(updateName = "retry")
  void validateRetry(String reason);

  /**
   * Takes the withdrawal back, which ends in FAILED with the money in the wallet. It is first made
   * certain that the channel has not paid and will not: taken back there, refused, or unheard of
   * long after the last request. Refused with {@code WITHDRAWAL_STATE} where the channel is paying
   * or has paid. Of one that has failed: as it stands.
   */
  @UpdateMethod(name = "cancelWithdrawal", description = "Take the withdrawal back")
  WithdrawalView cancel(String reason);

  @UpdateValidatorMethod(updateName = "cancelWithdrawal")
  void validateCancel(String reason);

  /**
   * Ends a withdrawal that the channel may have forgotten, by what its bills say: SUCCEEDED, or
   * FAILED with the money in the wallet. The channel is asked once more, and believed if it knows.
   * Refused with {@code WITHDRAWAL_STATE} before the channel forgets, where {@link #cancel} makes
   * certain, and if it has ended otherwise.
   */
  @UpdateMethod(description = "Say what the bill says of a payout that the channel has forgotten")
  WithdrawalView settleByBill(BillVerdict verdict);

  @UpdateValidatorMethod(updateName = "settleByBill")
  void validateSettleByBill(BillVerdict verdict);

  @QueryMethod(description = "Where the withdrawal stands")
  WithdrawalView withdrawal();
}
