package dev.durablecheckout.workflows.reconciliation;

/**
 * Where a day stands: the answer to queries and updates, and the workflow's result.
 *
 * @param lines of the bill
 * @param matched lines on which all agree
 * @param open differences that a person should look at, or that are being repaired
 * @param late what waits for the next days' bills
 * @param repaired what was missing here and was put right without a person
 */
public record DayView(
    ReconciliationStatus status, long lines, long matched, long open, long late, long repaired) {
  static final DayView BEGUN = new DayView(ReconciliationStatus.DOWNLOADING, 0, 0, 0, 0, 0);
}
