/** Signed messages to the order system. */
@NullMarked
package dev.durablecheckout.workflows.event;

import org.jspecify.annotations.NullMarked;
