package dev.durablecheckout.workflows.checkout;

import java.time.Duration;

/**
 * The times that govern a checkout; configuration of the API, fixed for a checkout when it starts.
 *
 * @param expiryMargin how much earlier than our deadline a credential expires at the channel
 *     (default 60 s)
 * @param lateGrace how long after its expiry at the channel a trade that was never created there is
 *     looked at once more (default 30 s)
 * @param minimumPayWindow a payment begins only if its credential would live at least this long
 *     (default 60 s)
 */
public record CheckoutPolicy(Duration expiryMargin, Duration lateGrace, Duration minimumPayWindow) {
  public static final CheckoutPolicy DEFAULT =
      new CheckoutPolicy(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(60));
}
