package dev.durablecheckout.activities.ledger;

import java.time.Instant;

/**
 * Which account, and which time: from {@code from} on, up to but not at {@code to}.
 *
 * @param from {@link #BEGINNING} for all there is
 */
public record StatementPeriod(LedgerAccount account, Instant from, Instant to) {
  /** Before anything was posted. */
  public static final Instant BEGINNING = Instant.EPOCH;
}
