/** The books of refunds. */
@NullMarked
package dev.durablecheckout.activities.refund;

import org.jspecify.annotations.NullMarked;
