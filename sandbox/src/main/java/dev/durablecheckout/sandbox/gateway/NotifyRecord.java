package dev.durablecheckout.sandbox.gateway;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A notify and how its delivery goes.
 *
 * @param sendings how often it was posted
 * @param lastAnswer what the merchant said last: status and the beginning of the body, or the error
 */
public record NotifyRecord(
    String notifyId,
    String outTradeNo,
    String tradeStatus,
    URI notifyUrl,
    State state,
    int sendings,
    @Nullable String lastAnswer) {

  /** Where a notify stands. */
  public enum State {
    /** To be sent, or sent again. */
    PENDING,
    /** Kept back by a fault until the next notify of the trade. */
    HELD,
    /** Answered as the channel wants it. */
    ACKNOWLEDGED,
    /** Never acknowledged, and not sent again. */
    GIVEN_UP,
    /** Never sent, by a fault. */
    DROPPED
  }
}
