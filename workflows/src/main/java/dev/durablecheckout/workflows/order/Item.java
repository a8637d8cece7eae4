package dev.durablecheckout.workflows.order;

import dev.durablecheckout.workflows.money.Money;

/**
 * One line of an order.
 *
 * @param sku the merchant's article number; stock is reserved where the merchant keeps stock of it
 *     here
 * @param quantity one or more
 * @param unitPrice price of one
 */
public record Item(String sku, String name, int quantity, Money unitPrice) {}
