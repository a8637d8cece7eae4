/** Buyers' wallets: balances over the ledger, filling them and reading them. */
@NullMarked
package dev.durablecheckout.activities.wallet;

import org.jspecify.annotations.NullMarked;
