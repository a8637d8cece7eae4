package dev.durablecheckout.api.reconciliation;

import java.util.Locale;

/** Amounts as people read them. */
final class Fen {
  private static final int YUAN = 100;

  private Fen() {}

  /** Such as {@code 1,280.00}; a minus sign in front of what is below zero. */
  static String yuan(long fen) {
    long size = Math.abs(fen);
    return (fen < 0 ? "\u2212" : "")
        + String.format(Locale.ROOT, "%,d.%02d", size / YUAN, size % YUAN);
  }
}
