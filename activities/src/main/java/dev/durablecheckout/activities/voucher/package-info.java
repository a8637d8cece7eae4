/** Vouchers that merchants keep in our books. */
@NullMarked
package dev.durablecheckout.activities.voucher;

import org.jspecify.annotations.NullMarked;
