package dev.durablecheckout.workflows.refund;

import dev.durablecheckout.workflows.payment.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A channel's definite answer to a refund: done, refused, or (neither) taken and not done yet.
 *
 * @param refundedAt when the money went back
 * @param refusal why it did not
 * @param stuck true if it was refused, yet the channel keeps it and will do it once a person has
 *     put something right there
 */
public record RefundResult(
    @Nullable Instant refundedAt, @Nullable Refusal refusal, @Nullable Boolean stuck) {
  public static RefundResult succeeded(Instant refundedAt) {
    return new RefundResult(refundedAt, null, null);
  }

  /** The channel has it, and will say later how it ended. */
  public static RefundResult processing() {
    return new RefundResult(null, null, null);
  }

  public static RefundResult refused(Refusal refusal) {
    return new RefundResult(null, refusal, null);
  }

  /** It does not go on by itself, and may still be done: its part of the payment is not free. */
  public static RefundResult stuck(Refusal refusal) {
    return new RefundResult(null, refusal, true);
  }
}
