/** Who takes the payment: {@link dev.durablecheckout.workflows.merchant.MerchantId}. */
@NullMarked
package dev.durablecheckout.workflows.merchant;

import org.jspecify.annotations.NullMarked;
