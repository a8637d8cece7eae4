/** Stock that merchants keep in our books. */
@NullMarked
package dev.durablecheckout.activities.stock;

import org.jspecify.annotations.NullMarked;
