/**
 * Everything a checkout needs, in one JVM: database, Temporal, channels, order system, worker and
 * API.
 */
@NullMarked
package dev.durablecheckout.sandbox.stack;

import org.jspecify.annotations.NullMarked;
