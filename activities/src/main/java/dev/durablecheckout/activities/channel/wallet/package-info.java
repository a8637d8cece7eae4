/**
 * The wallet as a channel: {@link dev.durablecheckout.activities.channel.wallet.WalletChannel} pays
 * from a balance in our own books, in one transaction with the checkout.
 */
@NullMarked
package dev.durablecheckout.activities.channel.wallet;

import org.jspecify.annotations.NullMarked;
