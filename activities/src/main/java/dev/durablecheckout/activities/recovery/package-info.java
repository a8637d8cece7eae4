/**
 * What the books hold open, and whether Temporal works on it: {@link
 * dev.durablecheckout.activities.recovery.OpenWork} is one kind of it, {@link
 * dev.durablecheckout.activities.recovery.Recovery} brings it back to life, {@link
 * dev.durablecheckout.activities.recovery.LingeringWork} is the reverse.
 */
@NullMarked
package dev.durablecheckout.activities.recovery;

import org.jspecify.annotations.NullMarked;
