package dev.durablecheckout.sandbox.gateway.alipay;

import java.time.Duration;

/** How the buyer gets to the trade. */
enum Product {
  /** A QR code that the merchant shows. It lives two hours at most, whatever the trade does. */
  QR_CODE(Duration.ofHours(3), Duration.ofHours(2)),
  /** A link to Alipay's page. */
  PAGE(Duration.ofDays(15), Duration.ofDays(15)),
  /** A link to Alipay's page for phones. */
  WAP(Duration.ofDays(15), Duration.ofDays(15)),
  /** An order that the merchant's app hands to Alipay's. */
  APP(Duration.ofDays(15), Duration.ofDays(15)),
  /** A till reads a code off the buyer's phone. */
  BARCODE(Duration.ofHours(3), Duration.ofHours(3));

  private final Duration defaultExpiry;
  private final Duration longestOffer;

  Product(Duration defaultExpiry, Duration longestOffer) {
    this.defaultExpiry = defaultExpiry;
    this.longestOffer = longestOffer;
  }

  Duration defaultExpiry() {
    return defaultExpiry;
  }

  Duration longestOffer() {
    return longestOffer;
  }
}
