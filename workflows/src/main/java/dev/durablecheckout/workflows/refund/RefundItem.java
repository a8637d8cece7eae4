package dev.durablecheckout.workflows.refund;

/**
 * Goods that are given back.
 *
 * @param sku the article, as in the order
 * @param quantity one or more
 */
public record RefundItem(String sku, int quantity) {}
