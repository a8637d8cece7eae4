package dev.durablecheckout.sandbox.gateway.alipay;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;

/** How long Alipay waits after each sending that was not acknowledged: eight sendings in all. */
final class NotifySchedule {
  private static final ImmutableList<Duration> REAL =
      ImmutableList.of(
          Duration.ofMinutes(4),
          Duration.ofMinutes(10),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(6),
          Duration.ofHours(15));

  private NotifySchedule() {}

  static List<Duration> scaledBy(double factor) {
    return REAL.stream()
        .map(pause -> Duration.ofMillis(Math.round(pause.toMillis() * factor)))
        .toList();
  }
}
