/** JSON as it is kept in the books, and as others send it. */
@NullMarked
package dev.durablecheckout.activities.json;

import org.jspecify.annotations.NullMarked;
