package dev.durablecheckout.activities.bill;

import static com.google.common.base.Preconditions.checkArgument;

import org.jspecify.annotations.Nullable;

/**
 * What came of asking for a bill.
 *
 * @param totals over the lines that the sink took; {@link BillTotals#NONE} unless READY
 * @param sha1 of its text before it was packed (Alipay: of its files one after the other),
 *     lower-case hex: two downloads with the same are the same bill; absent unless READY
 */
public record BillAnswer(Status status, BillTotals totals, @Nullable String sha1) {
  /** Whether there is a bill. */
  public enum Status {
    /** The sink has all its lines, and they are sound. */
    READY,
    /** Nothing happened that day, and that is certain: an empty day is a day. */
    EMPTY,
    /** The channel has not written it yet, or does not say: ask later. */
    NOT_READY
  }

  public BillAnswer {
    checkArgument((status == Status.READY) == (sha1 != null), "a digest belongs to a bill");
  }

  public static BillAnswer ready(BillTotals totals, String sha1) {
    return new BillAnswer(Status.READY, totals, sha1);
  }

  public static BillAnswer empty() {
    return new BillAnswer(Status.EMPTY, BillTotals.NONE, null);
  }

  public static BillAnswer notReady() {
    return new BillAnswer(Status.NOT_READY, BillTotals.NONE, null);
  }
}
