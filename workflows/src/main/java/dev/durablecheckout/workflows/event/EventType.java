package dev.durablecheckout.workflows.event;

/** The kinds of events that the order system hears; the wire name is stable. */
public enum EventType {
  CHECKOUT_PAID,
  CHECKOUT_CLOSED,
  /** A payment that did not settle the checkout has gone back. */
  PAYMENT_REFUNDED
}
