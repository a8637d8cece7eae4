package dev.durablecheckout.activities.ledger;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Money that moves between a merchant's accounts: at least two lines, debits equal to credits.
 *
 * @param detail the business numbers behind it
 */
public record Posting(
    MerchantId merchant,
    BusinessKey key,
    PostingKind kind,
    List<LedgerEntry> entries,
    Map<String, String> detail) {
  public Posting {
    entries = ImmutableList.copyOf(entries);
    detail = ImmutableMap.copyOf(detail);
    checkArgument(entries.size() >= 2, "%s has fewer than two lines", key);
    Money debits = sum(entries, LedgerEntry::debit);
    Money credits = sum(entries, LedgerEntry::credit);
    checkArgument(debits.equals(credits), "%s debits %s and credits %s", key, debits, credits);
    MerchantId owner = merchant;
    checkArgument(
        entries.stream().allMatch(entry -> entry.account().merchant().equals(owner)),
        "%s has a line of another merchant",
        key);
  }

  /** Moves an amount from the account that is debited to the one that is credited. */
  public static Posting transfer(
      BusinessKey key,
      PostingKind kind,
      LedgerAccount debited,
      LedgerAccount credited,
      Money amount,
      Map<String, String> detail) {
    return new Posting(
        debited.merchant(),
        key,
        kind,
        ImmutableList.of(LedgerEntry.debit(debited, amount), LedgerEntry.credit(credited, amount)),
        detail);
  }

  /** What it puts to an account's debit. */
  public Money debits(LedgerAccount account) {
    return sum(of(account), LedgerEntry::debit);
  }

  /** What it puts to an account's credit. */
  public Money credits(LedgerAccount account) {
    return sum(of(account), LedgerEntry::credit);
  }

  private List<LedgerEntry> of(LedgerAccount account) {
    return entries.stream().filter(entry -> entry.account().equals(account)).toList();
  }

  private static Money sum(List<LedgerEntry> entries, Function<LedgerEntry, Money> side) {
    return entries.stream().map(side).reduce(Money.ZERO, Money::plus);
  }
}
