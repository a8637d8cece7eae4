/** The page on which a buyer pays, behind a signed link. */
@NullMarked
package dev.durablecheckout.api.cashier;

import org.jspecify.annotations.NullMarked;
