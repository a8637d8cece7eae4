/** Calls to payment channels and verification of their notifies, one folder per channel. */
@NullMarked
package dev.durablecheckout.activities.channel;

import org.jspecify.annotations.NullMarked;
