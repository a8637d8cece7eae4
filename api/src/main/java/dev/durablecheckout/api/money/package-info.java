/** Amounts on pages: {@link dev.durablecheckout.api.money.Yuan}. */
@NullMarked
package dev.durablecheckout.api.money;

import org.jspecify.annotations.NullMarked;
