/** The typed front door to the workflows; not workflow code. */
@NullMarked
package dev.durablecheckout.workflows.client;

import org.jspecify.annotations.NullMarked;
