/**
 * Names and policies shared by workers and clients: task queues, timeouts, search attributes,
 * failure types.
 */
@NullMarked
package dev.durablecheckout.workflows.temporal;

import org.jspecify.annotations.NullMarked;
