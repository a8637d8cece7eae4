/**
 * A simulated order system: {@link dev.durablecheckout.sandbox.ordersystem.OrderSystem} takes our
 * events as a merchant's would, with a verification of its own.
 */
@NullMarked
package dev.durablecheckout.sandbox.ordersystem;

import org.jspecify.annotations.NullMarked;
