/** Money of wallets that is paid out, over HTTP. */
@NullMarked
package dev.durablecheckout.api.withdrawal;

import org.jspecify.annotations.NullMarked;
