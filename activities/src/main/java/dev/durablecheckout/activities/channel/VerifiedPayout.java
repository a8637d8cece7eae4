package dev.durablecheckout.activities.channel;

import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;

/**
 * A notify about a payout. Its amount is compared by whoever knows the payout.
 *
 * @param no our number of it
 * @param amount as the channel has it
 */
public record VerifiedPayout(String notifyId, WithdrawalNo no, Money amount, PayoutResult payout)
    implements VerifiedNotify {}
