/** Notifies of channels: verified, logged, handed to the workflow, and only then acknowledged. */
@NullMarked
package dev.durablecheckout.api.notify;

import org.jspecify.annotations.NullMarked;
