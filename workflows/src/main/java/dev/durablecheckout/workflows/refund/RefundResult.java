package dev.durablecheckout.workflows.refund;

import dev.durablecheckout.workflows.payment.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A channel's definite answer to a refund: done, or refused.
 *
 * @param refundedAt when the money went back
 * @param refusal why it did not
 */
public record RefundResult(@Nullable Instant refundedAt, @Nullable Refusal refusal) {
  public static RefundResult succeeded(Instant refundedAt) {
    return new RefundResult(refundedAt, null);
  }

  public static RefundResult refused(Refusal refusal) {
    return new RefundResult(null, refusal);
  }
}
