package dev.durablecheckout.workflows.withdrawal;

import dev.durablecheckout.workflows.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A verified notify about a payout, as the signal {@code payoutNotified} of the workflow {@link
 * WithdrawalNo#workflowId}. It says that there is news; what counts is what a query says then: the
 * message is of an account of some merchant's, who may have used another's number.
 *
 * @param notifyLogId its row in the notify log; absent if the books could not be reached
 * @param notifyId the channel's id of the message, the same in each resend
 * @param amount as the channel has it
 */
public record PayoutNotified(
    @Nullable Long notifyLogId, String notifyId, Money amount, PayoutResult payout) {
  /** The signal's name. */
  public static final String SIGNAL = "payoutNotified";
}
