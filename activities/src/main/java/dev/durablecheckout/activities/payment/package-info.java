/** The books of pay orders. */
@NullMarked
package dev.durablecheckout.activities.payment;

import org.jspecify.annotations.NullMarked;
