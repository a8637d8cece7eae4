package dev.durablecheckout.workflows.refund;

import static java.util.Map.entry;

import dev.durablecheckout.workflows.state.Moves;

/** Where a refund stands. A FAILED refund can be tried again, under the same number. */
public enum RefundStatus {
  PROCESSING,
  SUCCEEDED,
  FAILED;

  public static final Moves<RefundStatus> MOVES =
      Moves.startingAt(
          PROCESSING,
          entry(PROCESSING, SUCCEEDED),
          entry(PROCESSING, FAILED),
          entry(FAILED, PROCESSING));
}
