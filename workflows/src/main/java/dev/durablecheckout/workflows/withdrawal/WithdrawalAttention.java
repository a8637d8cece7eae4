package dev.durablecheckout.workflows.withdrawal;

/**
 * Why a person should look at a withdrawal, the gravest first. Each value has a section in
 * docs/runbook.md.
 */
public enum WithdrawalAttention {
  /**
   * The payout is so old that the channel may not know any more whether it was paid: nothing is
   * sent, and nothing put back, until a person says what the channel's bill says.
   */
  PAYOUT_FORGOTTEN,
  /**
   * The channel pays nothing out now, for a reason of the merchant's: its balance there, a limit of
   * the day. It is tried again, under the same number.
   */
  PAYOUT_STOPPED,
  /** A call has had no usable answer for a long time; it is still being retried. */
  CHANNEL_UNREACHABLE,
  /** The order system does not acknowledge an event. */
  EVENT_UNDELIVERED
}
