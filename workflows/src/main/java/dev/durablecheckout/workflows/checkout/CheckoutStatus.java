package dev.durablecheckout.workflows.checkout;

import static java.util.Map.entry;

import dev.durablecheckout.workflows.state.Moves;

/**
 * Where a checkout stands. PAID and CLOSED are final: a payment that comes after them goes back.
 */
public enum CheckoutStatus {
  AWAITING_PAYMENT,
  PAID,
  CLOSED;

  public static final Moves<CheckoutStatus> MOVES =
      Moves.startingAt(
          AWAITING_PAYMENT, entry(AWAITING_PAYMENT, PAID), entry(AWAITING_PAYMENT, CLOSED));
}
