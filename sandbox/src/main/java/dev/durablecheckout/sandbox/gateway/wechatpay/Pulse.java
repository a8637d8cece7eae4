package dev.durablecheckout.sandbox.gateway.wechatpay;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again for what is due by the gateway's clock, which a test may set: refunds that
 * end, money that is to be collected. So it is done after a restart as well.
 */
final class Pulse implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Pulse.class);
  private static final long MILLIS = 20;
  private static final long PATIENCE_SECONDS = 5;

  private final ScheduledExecutorService executor;
  private final Future<?> looking;

  private Pulse(ScheduledExecutorService executor, Future<?> looking) {
    this.executor = executor;
    this.looking = looking;
  }

  static Pulse start(Runnable look) {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "wechatpay-pulse");
              thread.setDaemon(true);
              return thread;
            });
    Future<?> looking =
        executor.scheduleWithFixedDelay(
            () -> {
              try {
                look.run();
              } catch (RuntimeException e) {
                log.error("what was due is not done", e);
              }
            },
            MILLIS,
            MILLIS,
            TimeUnit.MILLISECONDS);
    return new Pulse(executor, looking);
  }

  @Override
  public void close() {
    looking.cancel(false);
    executor.shutdown();
    try {
      // What it writes to may be closed next.
      if (!executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        log.warn("what was due is still being done");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
