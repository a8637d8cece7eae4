package dev.durablecheckout.workflows.event;

/** The kinds of events that the order system hears; the wire name is stable. */
public enum EventType {
  CHECKOUT_PAID,
  CHECKOUT_CLOSED,
  /** Money has gone back: of a payment that did not settle the checkout, or as was asked for. */
  PAYMENT_REFUNDED,
  /** A refund that was asked for has come to nothing. */
  REFUND_FAILED,
  /** The buyer has confirmed a service order: the service can begin. */
  SERVICE_ORDER_CONFIRMED,
  /** What a service cost has been collected. */
  SERVICE_ORDER_SETTLED,
  /** A service order was given up. */
  SERVICE_ORDER_CANCELLED,
  /** A service order was not confirmed in time. */
  SERVICE_ORDER_EXPIRED,
  /** Money of a wallet has been paid out. */
  WITHDRAWAL_SUCCEEDED,
  /** Money of a wallet was not paid out, and is in it again. */
  WITHDRAWAL_FAILED,
  /** Money that had been paid out came back, and is in the wallet again. */
  WITHDRAWAL_RETURNED
}
