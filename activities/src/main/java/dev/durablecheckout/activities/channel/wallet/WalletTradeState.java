package dev.durablecheckout.activities.channel.wallet;

/** How a pay order ended at the wallet. It has no state before, and none of these is left again. */
public enum WalletTradeState {
  /** The wallet was debited. What has gone back since is counted beside. */
  PAID,
  /** Closed before anybody paid: the number can never be paid. */
  CLOSED
}
