/** Health of what a process stands on. */
@NullMarked
package dev.durablecheckout.activities.health;

import org.jspecify.annotations.NullMarked;
