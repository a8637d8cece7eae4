package dev.durablecheckout.workflows.payment;

import static java.util.Map.entry;

import dev.durablecheckout.workflows.state.Moves;

/**
 * Where a pay order stands. SUCCEEDED says that the money arrived, not that it settled the checkout
 * ({@link Settlement} says that): hence CLOSED and FAILED may still become SUCCEEDED when the
 * channel reports a late payment. Money that was seen is never unseen, so SUCCEEDED is final.
 */
public enum PayOrderStatus {
  /** Created, possibly known to the channel; the buyer may be paying now. */
  PAYING,
  /** The channel said PAID, with our amount. */
  SUCCEEDED,
  /** Given up: closed at the channel, or (buyer never scanned) left to run out there. */
  CLOSED,
  /** The channel refused to create it, definitely. */
  FAILED;

  public static final Moves<PayOrderStatus> MOVES =
      Moves.startingAt(
          PAYING,
          entry(PAYING, SUCCEEDED),
          entry(PAYING, CLOSED),
          entry(PAYING, FAILED),
          entry(CLOSED, SUCCEEDED),
          entry(FAILED, SUCCEEDED));
}
