package dev.durablecheckout.workflows.reconciliation;

/**
 * What came of asking a channel for its bill.
 *
 * @param readiness whether there is one
 * @param lines how many lines it has
 */
public record StagedBill(Readiness readiness, long lines) {
  /** Whether a day can be compared. */
  public enum Readiness {
    READY,
    /** Nothing happened that day: it is compared as any other. */
    EMPTY,
    /** The channel has not written it yet. */
    NOT_READY
  }

  public boolean hasCome() {
    return readiness != Readiness.NOT_READY;
  }
}
