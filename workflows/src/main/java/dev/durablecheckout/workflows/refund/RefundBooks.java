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
   * it stands, with its event if it SUCCEEDED; a FAILED one is taken up again (PROCESSING, same
   * number).
   */
  @ActivityMethod
  RefundRecorded beginRefund(RefundOrder refund);

  /** SUCCEEDED, with the event for the order system, in one transaction. */
  @ActivityMethod
  RefundRecorded recordRefundSucceeded(OutRefundNo outRefundNo, Instant refundedAt);

  /** FAILED, with {@code REFUND_FAILED} as the checkout's attention, in one transaction. */
  @ActivityMethod
  RefundRecorded recordRefundRefused(OutRefundNo outRefundNo, Refusal refusal);
}
