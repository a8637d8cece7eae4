package dev.durablecheckout.workflows.withdrawal;

import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.Refusal;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/**
 * The books of withdrawals. Run as local activities: each method is one short transaction that
 * moves the state, the money and the event together. Idempotent on the withdrawal's number; each
 * may run again after a lost answer.
 */
@ActivityInterface(namePrefix = "WithdrawalBooks")
public interface WithdrawalBooks {
  /**
   * Takes the money out of the wallet and holds it, before the channel hears of it: HELD. One that
   * exists with the same fingerprint is returned as it is. Fails for good, writing nothing, with
   * {@code WITHDRAWAL_NO_REUSED}, {@code INSUFFICIENT_BALANCE} or {@code WITHDRAWAL_LIMIT}.
   */
  @ActivityMethod
  WithdrawalRecord hold(WithdrawalRequest request);

  /**
   * Books what the channel definitely said: a state of the payout, where the money is then, the
   * event for the order system, and the notify as applied. REFUSED and CANCELLED put the money back
   * into the wallet, so does RETURNED. What was booked before, or says nothing new, changes
   * nothing. Returns the withdrawal as it stands.
   *
   * @param notifyLogId the notify that told of it, if one did
   */
  @ActivityMethod
  WithdrawalRecord record(
      WithdrawalNo no, PayoutResult result, PaySource source, @Nullable Long notifyLogId);

  /**
   * Ends a withdrawal of which it is certain that the channel has not paid it and will not: FAILED,
   * the money is in the wallet again. A no-op unless the money is held.
   *
   * @param reason who gave it up, and why
   */
  @ActivityMethod
  WithdrawalRecord giveUp(WithdrawalNo no, Refusal reason);

  /**
   * Says why a person should look; absent, takes the reason back. Idempotent.
   *
   * @param detail for the timeline
   */
  @ActivityMethod
  void recordAttention(WithdrawalNo no, @Nullable WithdrawalAttention attention, String detail);
}
