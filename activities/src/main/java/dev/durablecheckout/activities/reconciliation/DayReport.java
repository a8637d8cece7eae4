package dev.durablecheckout.activities.reconciliation;

import dev.durablecheckout.workflows.reconciliation.BillDay;
import dev.durablecheckout.workflows.reconciliation.ReconciliationStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A day as the books have it. All sums in fen, zero or more.
 *
 * @param lines of the bill, and how many of them agree
 * @param payments what bill, orders and ledger have of the payments in the bill
 * @param refunds likewise of the refunds; those that failed count nothing
 * @param fees what the channel kept, and gave back
 * @param vouchers what the merchant's vouchers paid, and got back
 * @param items what differed, by what became of it
 */
public record DayReport(
    BillDay day,
    ReconciliationStatus status,
    @Nullable String billSha1,
    Lines lines,
    Sums payments,
    Sums refunds,
    BothWays fees,
    BothWays vouchers,
    Items items,
    Instant startedAt,
    @Nullable Instant matchedAt,
    @Nullable Instant settledAt) {
  /** How many lines the bill has. */
  public record Lines(long all, long payments, long refunds, long matched, long matchedFen) {}

  /** The same money three times: equal where nothing differs. */
  public record Sums(long billFen, long orderFen, long ledgerFen) {}

  /** What went one way, and back. */
  public record BothWays(long fen, long backFen) {}

  /**
   * Items of the day: what is in them, the greater of both sides, for what is not over.
   *
   * @param ended explained by itself or by a person
   */
  public record Items(
      long open, long openFen, long late, long lateFen, long repaired, long ended) {}
}
