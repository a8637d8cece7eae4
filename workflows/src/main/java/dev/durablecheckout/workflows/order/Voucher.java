package dev.durablecheckout.workflows.order;

import dev.durablecheckout.workflows.money.Money;

/**
 * A voucher of the merchant's own that pays a part of an order, as far as the order is concerned.
 *
 * @param discount what it takes off the price of the items; more than zero
 */
public record Voucher(VoucherNo voucherNo, Money discount) {}
