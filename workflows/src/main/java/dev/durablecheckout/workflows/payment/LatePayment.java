package dev.durablecheckout.workflows.payment;

import dev.durablecheckout.workflows.checkout.CheckoutId;

/**
 * A notify whose checkout workflow is not running any more. Idempotency key: the trade's {@code
 * out_trade_no}.
 */
public record LatePayment(CheckoutId checkoutId, PaymentNotified notified) {
  /** What Temporal's list of workflows shows of it. */
  public String summary() {
    return "late payment of " + checkoutId;
  }
}
