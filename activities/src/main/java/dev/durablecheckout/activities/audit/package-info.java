/** The laws as queries over the books: {@link dev.durablecheckout.activities.audit.Audit}. */
@NullMarked
package dev.durablecheckout.activities.audit;

import org.jspecify.annotations.NullMarked;
