package dev.durablecheckout.workflows.reconciliation;

/** In what way a bill and the books differ. */
public enum Difference {
  /** The channel has it, the books do not. */
  MISSING_HERE,
  /** The books have it, and no bill does, though the time for that is over. */
  MISSING_THERE,
  /** Both have it, over different amounts. */
  AMOUNT_DIFFERS,
  /** Both have it, and do not agree on how it ended, or under which number of the channel. */
  STATE_DIFFERS,
  /** The bill and the orders agree, and the ledger does not. */
  LEDGER_DIFFERS,
  /** The day's fees or vouchers are in the ledger already, with another sum. */
  FEE_DIFFERS,
  /** The channel has it twice. */
  DUPLICATE,
  /** The books have it, and not this bill: the next days' bills can. */
  LATE
}
