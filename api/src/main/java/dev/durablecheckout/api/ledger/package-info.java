/**
 * The ledger as its merchant sees it, as JSON or CSV: {@link
 * dev.durablecheckout.api.ledger.LedgerResource}.
 */
@NullMarked
package dev.durablecheckout.api.ledger;

import org.jspecify.annotations.NullMarked;
