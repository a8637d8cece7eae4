/** JSON as it is kept in the books. */
@NullMarked
package dev.durablecheckout.activities.json;

import org.jspecify.annotations.NullMarked;
