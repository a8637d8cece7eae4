/**
 * Refunds over HTTP: asked for by {@link CreateRefundBody}, shown as {@link RefundRepresentation}.
 */
@NullMarked
package dev.durablecheckout.api.refund;

import org.jspecify.annotations.NullMarked;
