package dev.durablecheckout.workflows.payment;

/** What a payment that arrived did for its checkout. */
public enum Settlement {
  /** It paid the checkout. At most one per checkout. */
  SETTLED,
  /** It came after the deadline or the close; it goes back. */
  LATE,
  /** The checkout was paid already; it goes back. */
  DUPLICATE
}
