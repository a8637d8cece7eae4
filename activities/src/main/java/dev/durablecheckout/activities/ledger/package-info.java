/**
 * The ledger: what moved between whom, in double entry, append only. {@link
 * dev.durablecheckout.activities.ledger.Ledger} takes {@link
 * dev.durablecheckout.activities.ledger.Posting}s of {@link
 * dev.durablecheckout.activities.ledger.LedgerEntry}s; docs/ledger.md has them all. {@link
 * dev.durablecheckout.activities.ledger.LedgerReader} tells what there is.
 */
@NullMarked
package dev.durablecheckout.activities.ledger;

import org.jspecify.annotations.NullMarked;
