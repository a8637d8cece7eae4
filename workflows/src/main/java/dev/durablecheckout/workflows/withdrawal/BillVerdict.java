package dev.durablecheckout.workflows.withdrawal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person has read in the bills of the channel's account about a payout that the channel
 * itself does not know any more.
 *
 * @param paid whether the payout is in a bill, and did not come back; absent if that was not said,
 *     which is no "no"
 * @param payoutNo the channel's number, as the bill has it; exactly if it is paid
 * @param paidAt when, as the bill has it; exactly if it is paid
 * @param reason who looked, and where
 */
public record BillVerdict(
    @Nullable Boolean paid,
    @Nullable String payoutNo,
    @Nullable Instant paidAt,
    @Nullable String reason) {
  /** Longer than any number of a channel. */
  private static final int MAX_PAYOUT_NO = 64;

  /** What is wrong with it, as it was typed; null if nothing is. */
  static @Nullable String fault(@Nullable BillVerdict verdict) {
    if (verdict == null || verdict.paid == null) {
      return "say whether it is paid: \"paid\": true, or false";
    }
    if (!verdict.paid) {
      return verdict.payoutNo == null && verdict.paidAt == null
          ? null
          : "what is not paid has no payoutNo and no paidAt";
    }
    if (verdict.payoutNo == null
        || verdict.payoutNo.isBlank()
        || verdict.payoutNo.length() > MAX_PAYOUT_NO) {
      return "what is paid has a payoutNo of 1 to " + MAX_PAYOUT_NO + " characters in the bill";
    }
    return verdict.paidAt == null ? "what is paid has a paidAt in the bill" : null;
  }
}
