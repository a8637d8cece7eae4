package dev.durablecheckout.sandbox.contract;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The time of this machine, and more: what signs and what is simulated agree on it. Moved by more
 * than minutes, signatures are too old.
 */
final class MovableClock extends Clock {
  private volatile Duration ahead = Duration.ZERO;

  synchronized void advance(Duration duration) {
    ahead = ahead.plus(duration);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
