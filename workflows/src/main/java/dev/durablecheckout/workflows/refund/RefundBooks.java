package dev.durablecheckout.workflows.refund;

import dev.durablecheckout.workflows.payment.Refusal;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;

/**
 * The books of refunds. Run as local activities; each method is one transaction, idempotent on the
 * refund's number.
 */
@ActivityInterface
public interface RefundBooks {
  /**
   * Creates the refund, PROCESSING, before the channel hears of it. If it exists it is returned as
   * it stands, with its event if it SUCCEEDED; one that FAILED stays so: only a person knows
   * whether the money has gone back by another way.
   */
  @ActivityMethod
  RefundRecorded beginRefund(RefundOrder refund);

  /**
   * Takes a FAILED refund up again, because a person says so: PROCESSING, under the same number.
   * One that stands elsewhere is returned as it stands.
   */
  @ActivityMethod
  RefundRecorded retryRefund(OutRefundNo outRefundNo);

  /** SUCCEEDED, with the event for the order system, in one transaction. */
  @ActivityMethod
  RefundRecorded recordRefundSucceeded(OutRefundNo outRefundNo, Instant refundedAt);

  /** FAILED, with {@code REFUND_FAILED} as the checkout's attention, in one transaction. */
  @ActivityMethod
  RefundRecorded recordRefundRefused(OutRefundNo outRefundNo, Refusal refusal);
}
