/**
 * Work that the books hold open and nobody does: {@link
 * dev.durablecheckout.workflows.recovery.LostOrderSweepWorkflow}, its activities and its report.
 */
@NullMarked
package dev.durablecheckout.workflows.recovery;

import org.jspecify.annotations.NullMarked;
