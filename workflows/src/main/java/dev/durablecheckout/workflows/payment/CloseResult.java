package dev.durablecheckout.workflows.payment;

import org.jspecify.annotations.Nullable;

/**
 * What closing a trade at its channel came to. There is no UNKNOWN: the close is retried until it
 * is known.
 *
 * @param trade the payment that was found, for ALREADY_PAID
 */
public record CloseResult(Outcome outcome, @Nullable TradeResult trade) {
  /** The definite outcomes. */
  public enum Outcome {
    /** The trade can never be paid. */
    CLOSED,
    /** It was paid first. */
    ALREADY_PAID,
    /**
     * The channel has no such trade, so nothing was closed: a buyer may still scan until the
     * expiry.
     */
    NOT_CREATED
  }
}
