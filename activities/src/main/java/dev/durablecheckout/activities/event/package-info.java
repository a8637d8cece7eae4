/** Signed delivery of events to order systems. */
@NullMarked
package dev.durablecheckout.activities.event;

import org.jspecify.annotations.NullMarked;
