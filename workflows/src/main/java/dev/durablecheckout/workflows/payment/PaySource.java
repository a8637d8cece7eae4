package dev.durablecheckout.workflows.payment;

/** How we heard of a payment. */
public enum PaySource {
  NOTIFY,
  QUERY,
  CLOSE
}
