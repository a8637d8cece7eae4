/** The HTTP API: wiring and configuration. */
@NullMarked
package dev.durablecheckout.api;

import org.jspecify.annotations.NullMarked;
