/** What callers are told when something is wrong: problem+json, from one place. */
@NullMarked
package dev.durablecheckout.api.error;

import org.jspecify.annotations.NullMarked;
