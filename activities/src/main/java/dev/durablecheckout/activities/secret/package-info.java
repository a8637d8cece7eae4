/** Text that must not be printed: {@link dev.durablecheckout.activities.secret.Secret}. */
@NullMarked
package dev.durablecheckout.activities.secret;

import org.jspecify.annotations.NullMarked;
