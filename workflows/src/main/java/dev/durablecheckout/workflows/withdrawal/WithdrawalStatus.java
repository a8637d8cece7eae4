package dev.durablecheckout.workflows.withdrawal;

import static java.util.Map.entry;

import dev.durablecheckout.workflows.state.Moves;

/** Where a withdrawal stands, and with it the money. */
public enum WithdrawalStatus {
  /** Taken out of the wallet and held; the channel has it not, or has not said so. */
  HELD,
  /** The channel has it; the money is still held. */
  PROCESSING,
  /** The channel pays nothing before the buyer confirms; the money is still held. */
  AWAITING_BUYER,
  /** Paid out. A bank can still send it back. */
  SUCCEEDED,
  /** Was paid out and came back: in the wallet again. Final. */
  RETURNED,
  /** Not paid out, and never will be under this number: in the wallet again. Final. */
  FAILED;

  public static final Moves<WithdrawalStatus> MOVES =
      Moves.startingAt(
          HELD,
          entry(HELD, PROCESSING),
          entry(HELD, AWAITING_BUYER),
          entry(HELD, SUCCEEDED),
          entry(HELD, FAILED),
          entry(PROCESSING, AWAITING_BUYER),
          entry(PROCESSING, SUCCEEDED),
          entry(PROCESSING, FAILED),
          entry(AWAITING_BUYER, PROCESSING),
          entry(AWAITING_BUYER, SUCCEEDED),
          entry(AWAITING_BUYER, FAILED),
          entry(SUCCEEDED, RETURNED));

  /** Whether the money is held: neither in the wallet nor paid out. */
  public boolean isHeld() {
    return switch (this) {
      case HELD, PROCESSING, AWAITING_BUYER -> true;
      case SUCCEEDED, RETURNED, FAILED -> false;
    };
  }

  /** Whether nothing moves it any more. */
  public boolean isFinal() {
    return MOVES.outOf(this).isEmpty();
  }
}
