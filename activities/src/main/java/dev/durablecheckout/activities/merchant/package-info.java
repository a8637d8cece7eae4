/** Who the merchants are: configuration of their keys, channel accounts and event endpoints. */
@NullMarked
package dev.durablecheckout.activities.merchant;

import org.jspecify.annotations.NullMarked;
