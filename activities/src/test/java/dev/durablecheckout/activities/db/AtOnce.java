package dev.durablecheckout.activities.db;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;

/** Runs calls at the same time, each in a thread of its own. */
public final class AtOnce {
  private AtOnce() {}

  /** The results in the order of the calls; throws what a call threw. */
  public static <T> List<T> call(List<Callable<T>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    CountDownLatch start = new CountDownLatch(calls.size());
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> call : calls) {
        futures.add(
            threads.submit(
                () -> {
                  start.countDown();
                  start.await();
                  return call.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Runs {@code blocked} in another thread, and {@code meanwhile} here as soon as that waits for a
   * lock of the database.
   *
   * @throws IllegalStateException if it ends without having waited
   */
  public static void whileBlocked(Jdbi jdbi, Runnable blocked, Runnable meanwhile)
      throws InterruptedException, ExecutionException {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> future = thread.submit(blocked);
      while (!waitsForLock(jdbi)) {
        if (future.isDone()) {
          future.get();
          throw new IllegalStateException("ended without having waited for a lock");
        }
      }
      meanwhile.run();
      future.get();
    } finally {
      thread.shutdownNow();
    }
  }

  private static boolean waitsForLock(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select exists (select 1 from pg_stat_activity
                      where datname = current_database() and wait_event_type = 'Lock')
                    """)
                .mapTo(Boolean.class)
                .one());
  }
}
