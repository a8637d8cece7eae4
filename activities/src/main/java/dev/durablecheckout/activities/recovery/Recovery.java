package dev.durablecheckout.activities.recovery;

import com.google.common.util.concurrent.RateLimiter;
import dev.durablecheckout.workflows.client.OutcomeUnknownException;
import dev.durablecheckout.workflows.client.WorkflowStarter;
import dev.durablecheckout.workflows.client.WorkflowStarter.Life;
import dev.durablecheckout.workflows.client.WorkflowToStart;
import dev.durablecheckout.workflows.recovery.SweepReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings open work back to life that has no running workflow: the one way to do so, for the {@code
 * recover} command and for the sweep. Reads the books in short statements, asks Temporal a few at a
 * time and not too often, and holds no lock: two of these at once start nothing twice, because the
 * workflow's id is the lock.
 */
public final class Recovery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final int AT_ONCE = 8;

  private final WorkflowStarter workflows;
  private final RateLimiter rate;
  private final boolean dryRun;
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

  /**
   * @param perSecond how many workflows are looked at in a second
   * @param dryRun only counts what it would start
   */
  @SuppressWarnings("UnstableApiUsage") // RateLimiter is what it is for.
  public Recovery(WorkflowStarter workflows, double perSecond, boolean dryRun) {
    this.workflows = workflows;
    this.rate = RateLimiter.create(perSecond);
    this.dryRun = dryRun;
  }

  /**
   * A page of one kind.
   *
   * @param last the last key looked at; empty if there is no more
   */
  public record Page(SweepReport report, Optional<String> last) {}

  /**
   * Sees to one page. What fails is counted and left to the next time.
   *
   * @param progress called after each
   */
  public Page page(OpenWork kind, Instant before, String after, int limit, Runnable progress) {
    List<String> keys = kind.page(before, after, limit);
    List<Future<SweepReport>> looking = new ArrayList<>();
    for (String key : keys) {
      looking.add(threads.submit(() -> revive(kind, key)));
    }
    SweepReport report = SweepReport.NOTHING;
    try {
      for (Future<SweepReport> each : looking) {
        report = report.plus(each.get());
        progress.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      looking.forEach(each -> each.cancel(true));
    }
    return new Page(
        report, keys.size() < limit ? Optional.empty() : Optional.of(keys.get(keys.size() - 1)));
  }

  private SweepReport revive(OpenWork kind, String key) {
    String workflowId = kind.workflowId(key);
    double unused = rate.acquire();
    try {
      Life life = workflows.look(workflowId);
      if (life == Life.RUNNING || (life == Life.COMPLETED && kind.isDoneOnce())) {
        return SweepReport.alive(1);
      }
      Optional<WorkflowToStart> work = kind.rebuild(key);
      if (work.isEmpty()) {
        return SweepReport.NOTHING;
      }
      if (dryRun) {
        return SweepReport.started(workflowId);
      }
      if (!workflows.start(work.get())) {
        return SweepReport.alive(1);
      }
      LOG.info("{} had no workflow and was started from the books", workflowId);
      return SweepReport.started(workflowId);
    } catch (OutcomeUnknownException e) {
      LOG.warn("{} could not be looked at: {}", workflowId, e.getMessage());
      return SweepReport.failed(workflowId, "Temporal did not answer");
    } catch (RuntimeException e) {
      // The edge of a row: one that cannot be read must not keep the others from being found.
      LOG.error("{} could not be brought back to life", workflowId, e);
      return SweepReport.failed(workflowId, e.getClass().getSimpleName());
    }
  }

  @Override
  public void close() {
    List<Runnable> unused = threads.shutdownNow();
  }
}
