package dev.durablecheckout.sandbox.faults;

import java.time.Duration;

/** What a buyer, and the shop after that, make of a checkout. */
public enum Plan {
  PAY(Ending.PAID, 600),
  PAY_AND_COME_BACK(Ending.PAID, 600),
  /** Begins at one channel, changes to the other, and pays at both: one payment goes back. */
  PAY_TWICE(Ending.PAID, 180),
  LEAVE(Ending.CLOSED, 15),
  CANCEL(Ending.CLOSED, 45),
  /** Pays what the shop has cancelled, if the code still works: it goes back. */
  PAY_AFTER_CANCEL(Ending.CLOSED, 45),
  /** Pays when the deadline is over, as a slow phone does: it goes back. */
  PAY_LATE(Ending.CLOSED, 15),
  REFUND_WHOLE(Ending.PAID, 600),
  /** In two parts, with something left. */
  REFUND_IN_PARTS(Ending.PAID, 600),
  /** Several refunds of 60 % at once: one succeeds, as two do not fit. */
  REFUND_RACE(Ending.PAID, 600),
  /** From a wallet, which is filled before. */
  PAY_FROM_WALLET(Ending.PAID, 600),
  REFUND_TO_WALLET(Ending.PAID, 600),
  /** Fills a wallet and has all of it paid out. */
  WITHDRAW(Ending.PAID, 600),
  /** Several withdrawals of 60 % of a wallet at once: one is paid out, as two do not fit. */
  WITHDRAW_RACE(Ending.PAID, 600),
  /** What is paid out comes back, or is taken back before the buyer confirms. */
  WITHDRAW_IN_VAIN(Ending.PAID, 600);

  /** A pay order that is given up unscanned is watched until nobody can pay it. */
  public static final Duration LONGEST_WATCH = Duration.ofMinutes(3);

  /** How a checkout ends. */
  public enum Ending {
    PAID("paid"),
    CLOSED("closed");

    private final String status;

    Ending(String status) {
      this.status = status;
    }

    /** As the API says it. */
    public String status() {
      return status;
    }
  }

  private final Ending ending;
  private final long expiresInSeconds;

  Plan(Ending ending, long expiresInSeconds) {
    this.ending = ending;
    this.expiresInSeconds = expiresInSeconds;
  }

  /** How it has to end. */
  public Ending ending() {
    return ending;
  }

  long expiresInSeconds() {
    return expiresInSeconds;
  }

  /** Whether the checkout fills a wallet, from which money is then taken out. */
  boolean isWithdrawal() {
    return this == WITHDRAW || this == WITHDRAW_RACE || this == WITHDRAW_IN_VAIN;
  }

  boolean isByWallet() {
    return this == PAY_FROM_WALLET || this == REFUND_TO_WALLET;
  }
}
