/** What a payment may be, per channel and method, before the channel is asked. */
@NullMarked
package dev.durablecheckout.activities.limit;

import org.jspecify.annotations.NullMarked;
