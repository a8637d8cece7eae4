package dev.durablecheckout.activities.notify;

import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import dev.durablecheckout.workflows.withdrawal.WithdrawalStatus;
import org.jspecify.annotations.Nullable;

/**
 * A verified notify about a payout in the log.
 *
 * @param status of the withdrawal with this number; absent if there is none
 */
public record LoggedPayout(long id, @Nullable WithdrawalStatus status) {
  /**
   * Whether the withdrawal has ended by what the notify tells, so that nobody has to hear of it.
   * Not if it was put back and is paid by what the notify says: a person has to.
   */
  public boolean hasEndedBy(PayoutResult payout) {
    return status == WithdrawalStatus.RETURNED
        || (status == WithdrawalStatus.FAILED && payout.isFinal());
  }

  /**
   * Whether the money was put back, and is paid by what the notify says: no workflow can do
   * anything about that, also not one that still runs.
   */
  public boolean isPaidAfterItWasPutBack(PayoutResult payout) {
    return status == WithdrawalStatus.FAILED && payout.state() == PayoutResult.State.SUCCEEDED;
  }
}
