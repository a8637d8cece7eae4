/**
 * Withdrawals in the books: {@link dev.durablecheckout.activities.withdrawal.WithdrawalBooksImpl}
 * moves the state, the money and the event together; {@link
 * dev.durablecheckout.activities.withdrawal.WithdrawalReader} reads for the API; {@link
 * dev.durablecheckout.activities.withdrawal.WithdrawalLimits} says what merchants pay out.
 */
@NullMarked
package dev.durablecheckout.activities.withdrawal;

import org.jspecify.annotations.NullMarked;
