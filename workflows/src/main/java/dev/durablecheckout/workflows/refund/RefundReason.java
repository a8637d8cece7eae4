package dev.durablecheckout.workflows.refund;

/** Why a payment goes back. */
public enum RefundReason {
  /** The money came after the deadline or the close. */
  LATE,
  /** The checkout was paid already by another pay order. */
  DUPLICATE,
  /** The merchant asked for it. */
  REQUESTED
}
