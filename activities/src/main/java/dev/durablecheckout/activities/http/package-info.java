/**
 * HTTP calls to others, bounded in time and size: {@link
 * dev.durablecheckout.activities.http.BoundedHttpClient}.
 */
@NullMarked
package dev.durablecheckout.activities.http;

import org.jspecify.annotations.NullMarked;
