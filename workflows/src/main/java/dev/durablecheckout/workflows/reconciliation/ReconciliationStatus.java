package dev.durablecheckout.workflows.reconciliation;

/** Where a day stands. A day that was compared once stays readable, also while it is read again. */
public enum ReconciliationStatus {
  /** The bill has not been compared yet. */
  DOWNLOADING,
  /** Compared; what is left waits for the next days' bills. */
  MATCHED,
  /** Compared, and something differs that a person has to look at. */
  OPEN,
  /** Compared, and all of it is explained. */
  SETTLED
}
