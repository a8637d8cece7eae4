/**
 * Many random checkouts in bad weather, and the count of the money afterwards: what the buyers
 * meant, what the channels hold, the books and the ledger have to agree to the fen.
 */
@NullMarked
package dev.durablecheckout.sandbox.faults;

import org.jspecify.annotations.NullMarked;
