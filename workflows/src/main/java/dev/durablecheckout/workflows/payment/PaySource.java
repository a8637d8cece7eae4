package dev.durablecheckout.workflows.payment;

/** How we heard of a payment. */
public enum PaySource {
  /** The answer to the prepay was the payment, and the books have it from there. */
  PREPAY,
  NOTIFY,
  QUERY,
  CLOSE,
  /** A person has read it in the channel's bill. */
  BILL
}
