/** The books of checkouts and pay orders, and reading them. */
@NullMarked
package dev.durablecheckout.activities.checkout;

import org.jspecify.annotations.NullMarked;
