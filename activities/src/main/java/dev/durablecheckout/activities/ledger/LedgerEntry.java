package dev.durablecheckout.activities.ledger;

import static com.google.common.base.Preconditions.checkArgument;

import dev.durablecheckout.workflows.money.Money;

/** One line of a posting: an account on one of its two sides. There are no negative amounts. */
public record LedgerEntry(LedgerAccount account, Money debit, Money credit) {
  public LedgerEntry {
    checkArgument(
        debit.equals(Money.ZERO) != credit.equals(Money.ZERO),
        "a line has a debit or a credit, not %s and %s",
        debit,
        credit);
  }

  /** More of what we have, or less of what we owe. */
  public static LedgerEntry debit(LedgerAccount account, Money amount) {
    return new LedgerEntry(account, amount, Money.ZERO);
  }

  /** More of what we owe, or less of what we have. */
  public static LedgerEntry credit(LedgerAccount account, Money amount) {
    return new LedgerEntry(account, Money.ZERO, amount);
  }
}
