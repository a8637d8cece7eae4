package dev.durablecheckout.workflows.payment;

/**
 * What a channel can say of a trade, in our words. There is no UNKNOWN: an answer that cannot be
 * understood is not an answer, and the call is retried.
 */
public enum TradeState {
  /**
   * The channel does not know the number: the buyer never scanned, yet may until the credential
   * expires.
   */
  NOT_CREATED,
  UNPAID,
  PAID,
  /** Closed unpaid; it can never be paid. */
  CLOSED,
  /** Was paid and has gone back whole. */
  REFUNDED
}
