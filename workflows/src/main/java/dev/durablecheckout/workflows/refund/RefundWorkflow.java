package dev.durablecheckout.workflows.refund;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * One refund, until the channel has definitely done it. A refusal does not end it: it waits, with
 * {@code REFUND_FAILED} as attention, for a person to say {@link #retry} or {@link #abandon}; where
 * the merchant's account held too little it also tries again by itself.
 */
@WorkflowInterface
public interface RefundWorkflow {
  /** The fixed id of the {@link #accept} update. */
  String ACCEPT_UPDATE_ID = "accept";

  /** How it ended; absent if the books did not accept it. */
  @WorkflowMethod
  @Nullable RefundStatus run(RefundOrder refund);

  /**
   * Answers as soon as the books have: accepted, or refused for good as {@link
   * RefundBooks#beginRefund} lists. The channel is asked afterwards.
   */
  @UpdateMethod(description = "The first answer: whether the books accept the refund")
  RefundView accept();

  /** A verified notify of the channel: it is asked at once. Repeats do no harm. */
  @SignalMethod(description = "A verified notify of the channel")
  void refundNotified(RefundNotified notified);

  /** Tries a refused refund again, under the same number. The reason is kept in the history. */
  @UpdateMethod(description = "Try a refused refund again; say why")
  RefundStatus retry(String reason);

  /**
   * Gives a refused refund up for good: its part of the payment is free again, and the order system
   * is told. Refused with {@code REFUND_STATE} unless a merchant asked for it, it stands FAILED,
   * and the channel has let go of it.
   */
  @UpdateMethod(description = "Give a refused refund up for good; say why")
  RefundStatus abandon(String reason);

  @UpdateValidatorMethod(updateName = "abandon")
  void validateAbandon(String reason);

  @QueryMethod(description = "Where the refund stands")
  RefundStatus status();

  static String workflowId(OutRefundNo outRefundNo) {
    return "refund:" + outRefundNo.value();
  }
}
