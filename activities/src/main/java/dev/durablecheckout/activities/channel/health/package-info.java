/** Channels that do not answer: they are left in peace for a while, and the cashier is told. */
@NullMarked
package dev.durablecheckout.activities.channel.health;

import org.jspecify.annotations.NullMarked;
