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
   * Creates the refund, PROCESSING, and holds its part of the payment before the channel hears of
   * it. If it exists it is returned as it stands, with its event if it has ended; one that FAILED
   * stays so: only a person knows whether the money has gone back by another way.
   *
   * <p>A refund that was asked for is refused, for good, with {@code REFUND_NO_REUSED}, {@code
   * CHECKOUT_NOT_PAID}, {@code REFUND_EXCEEDS_LEFT}, {@code REFUND_ITEMS_MISMATCH} or {@code
   * TOO_MANY_REFUNDS}.
   */
  @ActivityMethod
  RefundRecorded beginRefund(RefundOrder refund);

  /**
   * When the channel may be asked for this refund: channels want some time between two refunds of
   * one payment. Asked again before that time has passed, it is the same.
   */
  @ActivityMethod
  Instant takeRefundSlot(OutRefundNo outRefundNo);

  /**
   * Takes a FAILED refund up again, because a person says so: PROCESSING, under the same number.
   * One that stands elsewhere is returned as it stands.
   */
  @ActivityMethod
  RefundRecorded retryRefund(OutRefundNo outRefundNo);

  /**
   * SUCCEEDED, with what is given back in stock again, the voucher free again where that was asked
   * for, and the event for the order system, in one transaction.
   */
  @ActivityMethod
  RefundRecorded recordRefundSucceeded(OutRefundNo outRefundNo, Instant refundedAt);

  /** FAILED, with {@code REFUND_FAILED} as the checkout's attention, in one transaction. */
  @ActivityMethod
  RefundRecorded recordRefundRefused(OutRefundNo outRefundNo, Refusal refusal);

  /**
   * A FAILED refund to ABANDONED: its part of the payment is free again, and the order system is
   * told. In any other state nothing changes.
   */
  @ActivityMethod
  RefundRecorded abandonRefund(OutRefundNo outRefundNo, String reason);
}
