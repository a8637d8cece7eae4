/** What reconciliation found, for finance: as JSON, as CSV and as a page. */
@NullMarked
package dev.durablecheckout.api.reconciliation;

import org.jspecify.annotations.NullMarked;
