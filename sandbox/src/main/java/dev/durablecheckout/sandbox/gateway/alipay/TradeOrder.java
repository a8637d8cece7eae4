package dev.durablecheckout.sandbox.gateway.alipay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the merchant asked for.
 *
 * @param timeExpire when an unpaid trade closes
 * @param passbackParams echoed in notifies as it came
 */
record TradeOrder(
    AppRegistration app,
    Product product,
    String outTradeNo,
    long amountFen,
    String subject,
    @Nullable String body,
    @Nullable String passbackParams,
    Instant requestedAt,
    Instant timeExpire,
    @Nullable String notifyUrl,
    @Nullable String returnUrl) {

  /** Whether a repeated request is about the same trade. */
  boolean agreesWith(TradeOrder other) {
    return product == other.product
        && amountFen == other.amountFen
        && subject.equals(other.subject)
        && app.equals(other.app);
  }

  /** Until when the QR code or the link works. */
  Instant offerEnds() {
    Instant longest = requestedAt.plus(product.longestOffer());
    return longest.isBefore(timeExpire) ? longest : timeExpire;
  }
}
