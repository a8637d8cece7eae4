/**
 * A shop that a person can buy in: {@link dev.durablecheckout.sandbox.shop.Shop} offers every way
 * to pay and talks to the checkout as a merchant's backend does, by {@link
 * dev.durablecheckout.sandbox.shop.CheckoutApi}.
 */
@NullMarked
package dev.durablecheckout.sandbox.shop;

import org.jspecify.annotations.NullMarked;
