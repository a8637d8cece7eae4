package dev.durablecheckout.workflows.withdrawal;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Payouts at a channel, on that channel's own task queue. Every method returns only what the
 * channel definitely said of this number and this amount; an answer that is missing or unusable is
 * thrown as retryable {@code CHANNEL_OUTCOME_UNKNOWN} and the call is repeated with the same
 * number, never with a new one.
 */
@ActivityInterface(namePrefix = "Payout")
public interface PayoutActivities {
  /**
   * Has the payout made, or tells how it stands if the channel has it already: a repeat pays
   * nothing more. Never NOT_CREATED. After REFUSED or CANCELLED the number is used up. Fails for
   * good, sending nothing, with {@code WITHDRAWAL_STATE} if the payee is not known any more.
   */
  @ActivityMethod
  PayoutResult pay(Payout payout);

  /** Asks once how the payout stands, which needs no payee. Changes nothing. */
  @ActivityMethod
  PayoutResult query(Payout payout);

  /**
   * Polls until the payout is in another state: each attempt asks once and fails with benign {@code
   * NOT_CHANGED_YET}; the first asks nothing.
   */
  @ActivityMethod
  PayoutResult awaitChange(Payout payout, PayoutResult.State from);

  /**
   * Takes the payout back, which WeChat Pay does as long as the buyer has not confirmed; then tells
   * how it stands: CANCELLED is the only answer that says that it worked. Alipay has no such call:
   * there it is a query.
   */
  @ActivityMethod
  PayoutResult cancel(Payout payout);
}
