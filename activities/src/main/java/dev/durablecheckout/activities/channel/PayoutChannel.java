package dev.durablecheckout.activities.channel;

import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;

/**
 * Payouts out of one merchant's account at one channel. A method returns what the channel
 * definitely said of this number and this amount; whatever else happens is thrown as {@link
 * ChannelOutcomeUnknownException}. Each is idempotent on the payout's number.
 */
public interface PayoutChannel {
  /** Has it made, or tells how it stands; never NOT_CREATED. */
  PayoutResult pay(Payout payout) throws ChannelOutcomeUnknownException;

  /** How it stands. Changes nothing. */
  PayoutResult query(Payout payout) throws ChannelOutcomeUnknownException;

  /** Takes it back where that is possible, and tells how it stands then. */
  PayoutResult cancel(Payout payout) throws ChannelOutcomeUnknownException;
}
