package dev.durablecheckout.api.cashier;

import dev.durablecheckout.workflows.money.Money;
import java.util.Locale;

/** Amounts as buyers read them: {@code 1,280.00}. */
final class Yuan {
  private static final int FEN = 100;

  private Yuan() {}

  static String of(Money amount) {
    long fen = amount.amountFen();
    return String.format(Locale.ROOT, "%,d.%02d", fen / FEN, fen % FEN);
  }
}
