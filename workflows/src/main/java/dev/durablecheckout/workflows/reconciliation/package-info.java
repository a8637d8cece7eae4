/**
 * Reconciliation (对账): each day, what a channel says happened is compared with the books, and what
 * is missing here is looked into. {@link
 * dev.durablecheckout.workflows.reconciliation.ReconciliationWorkflow} is one day of one channel of
 * one merchant.
 */
@NullMarked
package dev.durablecheckout.workflows.reconciliation;

import org.jspecify.annotations.NullMarked;
