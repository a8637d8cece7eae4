/** Strict reading of JSON bodies: each fault is found and named. */
@NullMarked
package dev.durablecheckout.api.json;

import org.jspecify.annotations.NullMarked;
