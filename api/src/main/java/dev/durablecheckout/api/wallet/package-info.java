/** What buyers have in their wallets, for the merchant whose buyers they are. */
@NullMarked
package dev.durablecheckout.api.wallet;

import org.jspecify.annotations.NullMarked;
