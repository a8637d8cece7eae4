/** Amounts of money: {@link dev.durablecheckout.workflows.money.Money}, integer fen only. */
@NullMarked
package dev.durablecheckout.workflows.money;

import org.jspecify.annotations.NullMarked;
