/**
 * Withdrawals (提现): money of a wallet is paid out to its owner at a channel. {@link
 * dev.durablecheckout.workflows.withdrawal.PayoutActivities} are the calls, {@link
 * dev.durablecheckout.workflows.withdrawal.Payout} is what is asked for, {@link
 * dev.durablecheckout.workflows.withdrawal.PayoutResult} what the channel definitely said of it.
 */
@NullMarked
package dev.durablecheckout.workflows.withdrawal;

import org.jspecify.annotations.NullMarked;
