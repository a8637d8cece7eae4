package dev.durablecheckout.activities.ledger;

/**
 * What an account comes to: one line of a trial balance.
 *
 * @param account all wallets are one line, whose owner is empty
 * @param fen debits less credits, in fen
 */
public record AccountBalance(LedgerAccount account, long fen) {
  /** In the column of debits; 0 if it stands in the other. */
  public long debitFen() {
    return Math.max(fen, 0);
  }

  /** In the column of credits; 0 if it stands in the other. */
  public long creditFen() {
    return Math.max(-fen, 0);
  }
}
