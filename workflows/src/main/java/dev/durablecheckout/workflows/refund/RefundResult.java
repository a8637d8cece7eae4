package dev.durablecheckout.workflows.refund;

import dev.durablecheckout.workflows.payment.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A channel's definite answer to a refund: done, refused, or (neither) taken and not done yet.
 *
 * @param refundedAt when the money went back
 * @param refusal why it did not
 */
public record RefundResult(@Nullable Instant refundedAt, @Nullable Refusal refusal) {
  public static RefundResult succeeded(Instant refundedAt) {
    return new RefundResult(refundedAt, null);
  }

  /** The channel has it, and will say later how it ended. */
  public static RefundResult processing() {
    return new RefundResult(null, null);
  }

  public static RefundResult refused(Refusal refusal) {
    return new RefundResult(null, refusal);
  }
}
