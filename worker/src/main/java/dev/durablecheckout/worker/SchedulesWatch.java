package dev.durablecheckout.worker;

import dev.durablecheckout.activities.channel.BillChannels;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the {@link Schedules} of a running worker: as merchants come, and namespaces go. */
final class SchedulesWatch {
  private static final Logger LOG = LoggerFactory.getLogger(SchedulesWatch.class);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Schedules schedules;
  private final Supplier<BillChannels> bills;
  private final ScheduledExecutorService executor;

  SchedulesWatch(
      Schedules schedules, Supplier<BillChannels> bills, ScheduledExecutorService executor) {
    this.schedules = schedules;
    this.bills = bills;
    this.executor = executor;
  }

  /**
   * Goes on by itself.
   *
   * @throws RuntimeException if the sweep's cannot be created, without which nobody would look for
   *     lost orders
   */
  @SuppressWarnings("FutureReturnValueIgnored") // It lets nothing out that would end it.
  void start() {
    if (schedules.ensureSweep()) {
      executor.scheduleWithFixedDelay(this::ensureAll, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void ensureAll() {
    try {
      if (!schedules.ensure(bills.get())) {
        executor.shutdown();
      }
    } catch (RuntimeException e) {
      // The edge of a round: the next one tries again.
      LOG.warn("the schedules are not as they should be yet: {}", e.toString());
    }
  }
}
