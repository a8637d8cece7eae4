/** The process that runs workflows and activities: registration, tuning, health. */
@NullMarked
package dev.durablecheckout.worker;

import org.jspecify.annotations.NullMarked;
