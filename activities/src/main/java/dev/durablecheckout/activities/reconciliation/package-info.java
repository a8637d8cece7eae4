/**
 * Reconciliation with channels: {@link dev.durablecheckout.activities.reconciliation.BillStage}
 * puts a bill beside the books, {@link dev.durablecheckout.activities.reconciliation.DayComparison}
 * compares, {@link dev.durablecheckout.activities.reconciliation.ReconciliationReader} reads what
 * was found.
 */
@NullMarked
package dev.durablecheckout.activities.reconciliation;

import org.jspecify.annotations.NullMarked;
