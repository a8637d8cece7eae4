package dev.durablecheckout.workflows.withdrawal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person has read in the bills of the channel's account about a payout that the channel
 * itself does not know any more.
 *
 * @param paid whether the payout is in a bill, and did not come back
 * @param payoutNo the channel's number, as the bill has it
 * @param paidAt when, as the bill has it
 * @param reason who looked, and where
 */
public record BillVerdict(
    boolean paid, @Nullable String payoutNo, @Nullable Instant paidAt, String reason) {}
