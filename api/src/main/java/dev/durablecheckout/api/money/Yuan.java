package dev.durablecheckout.api.money;

import dev.durablecheckout.workflows.money.Money;
import java.util.Locale;

/** Amounts as people read them: {@code 1,280.00}. */
public final class Yuan {
  private static final int FEN = 100;

  private Yuan() {}

  public static String of(Money amount) {
    return of(amount.amountFen());
  }

  /** With a minus sign in front of what is below zero. */
  public static String of(long fen) {
    long size = Math.abs(fen);
    return (fen < 0 ? "\u2212" : "")
        + String.format(Locale.ROOT, "%,d.%02d", size / FEN, size % FEN);
  }
}
