package dev.durablecheckout.api.cashier;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets a buyer do something once in a while: each time costs the workflow an update. */
final class Throttle {
  private static final int MAX_REMEMBERED = 100_000;

  private final Cache<CheckoutId, Boolean> recent;

  Throttle(Duration interval, Clock clock) {
    recent =
        CacheBuilder.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(interval)
            .ticker(
                new Ticker() {
                  @Override
                  public long read() {
                    return TimeUnit.MILLISECONDS.toNanos(clock.millis());
                  }
                })
            .build();
  }

  /** Whether it may be done for this checkout now. */
  boolean admits(CheckoutId id) {
    return recent.asMap().putIfAbsent(id, true) == null;
  }
}
