/** The notify log: every message of a channel, as it came, with what was made of it. */
@NullMarked
package dev.durablecheckout.activities.notify;

import org.jspecify.annotations.NullMarked;
