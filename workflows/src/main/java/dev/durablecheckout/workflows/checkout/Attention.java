package dev.durablecheckout.workflows.checkout;

/**
 * Why a person should look at a checkout, the gravest first. Each value has a page in
 * docs/runbook.md.
 */
public enum Attention {
  /** The channel reports another amount than the pay order's. */
  AMOUNT_MISMATCH,
  /** The channel refuses to give money back. */
  REFUND_FAILED,
  /** A channel call has had no usable answer for a long time; it is still being retried. */
  CHANNEL_UNREACHABLE,
  /** The order system does not acknowledge an event. */
  EVENT_UNDELIVERED,
  /** A channel has had a refund under way for days; it is still being asked about. */
  REFUND_SLOW
}
