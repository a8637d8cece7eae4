/** Checkouts over REST: open, look, pay again, confirm, cancel. */
@NullMarked
package dev.durablecheckout.api.checkout;

import org.jspecify.annotations.NullMarked;
