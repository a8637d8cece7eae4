/**
 * What a channel says happened in a merchant's account on one day: {@link
 * dev.durablecheckout.activities.bill.BillLine}, {@link
 * dev.durablecheckout.activities.bill.BillAnswer}, {@link
 * dev.durablecheckout.activities.bill.DamagedBillException}.
 */
@NullMarked
package dev.durablecheckout.activities.bill;

import org.jspecify.annotations.NullMarked;
