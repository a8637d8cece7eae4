package dev.durablecheckout.activities.reconciliation;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every now and then that this process lives, while one statement or one download takes
 * minutes. A step that nobody waits for any more runs to its end: it leaves nothing that the next
 * one would not.
 */
final class Heartbeats {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
  private static final Duration PAUSE = Duration.ofSeconds(15);

  private final ScheduledExecutorService executor;

  private Heartbeats(ScheduledExecutorService executor) {
    this.executor = executor;
  }

  /** For the activity that this thread runs. */
  @SuppressWarnings("FutureReturnValueIgnored") // It ends with the executor.
  static Heartbeats begin() {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            new ThreadFactoryBuilder().setNameFormat("heartbeat-%d").setDaemon(true).build());
    executor.scheduleWithFixedDelay(
        () -> beat(activity), PAUSE.toSeconds(), PAUSE.toSeconds(), TimeUnit.SECONDS);
    return new Heartbeats(executor);
  }

  private static void beat(ActivityExecutionContext activity) {
    try {
      activity.heartbeat(null);
    } catch (ActivityCompletionException e) {
      LOG.info("nobody waits for {} any more", activity.getInfo().getActivityType());
    }
  }

  void end() {
    List<Runnable> unused = executor.shutdownNow();
  }
}
