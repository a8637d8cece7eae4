package dev.durablecheckout.workflows.payment;

import java.util.Optional;
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

  /**
   * What a close that the channel refused has come to, by what the channel says when it is asked
   * then; empty if it can still be paid, and so nobody knows.
   */
  public static Optional<CloseResult> asFound(TradeResult trade) {
    return switch (trade.state()) {
      case PAID -> Optional.of(new CloseResult(Outcome.ALREADY_PAID, trade));
      case CLOSED, REFUNDED -> Optional.of(new CloseResult(Outcome.CLOSED, null));
      case NOT_CREATED -> Optional.of(new CloseResult(Outcome.NOT_CREATED, null));
      case UNPAID -> Optional.empty();
    };
  }
}
