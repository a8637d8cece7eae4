package dev.durablecheckout.workflows.refund;

import static java.util.Map.entry;

import dev.durablecheckout.workflows.state.Moves;

/**
 * Where a refund stands. A FAILED refund can be tried again, under the same number, and holds its
 * part of the payment as long as it can; ABANDONED is for good and holds nothing.
 */
public enum RefundStatus {
  PROCESSING,
  SUCCEEDED,
  FAILED,
  ABANDONED;

  public static final Moves<RefundStatus> MOVES =
      Moves.startingAt(
          PROCESSING,
          entry(PROCESSING, SUCCEEDED),
          entry(PROCESSING, FAILED),
          entry(FAILED, PROCESSING),
          entry(FAILED, ABANDONED));

  /** Whether nothing moves it any more. */
  public boolean isFinal() {
    return MOVES.outOf(this).isEmpty();
  }
}
