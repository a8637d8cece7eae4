package dev.durablecheckout.worker;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import dev.durablecheckout.activities.checkout.LingeringCheckouts;
import dev.durablecheckout.activities.checkout.LostLatePayments;
import dev.durablecheckout.activities.checkout.OpenCheckouts;
import dev.durablecheckout.activities.reconciliation.OpenDays;
import dev.durablecheckout.activities.recovery.LingeringWork;
import dev.durablecheckout.activities.recovery.LostOrderActivitiesImpl;
import dev.durablecheckout.activities.recovery.OpenWork;
import dev.durablecheckout.activities.recovery.Recovery;
import dev.durablecheckout.activities.refund.LingeringRefunds;
import dev.durablecheckout.activities.refund.OpenRefunds;
import dev.durablecheckout.activities.refund.StrayPayments;
import dev.durablecheckout.activities.serviceorder.OpenServiceOrders;
import dev.durablecheckout.activities.withdrawal.OpenWithdrawals;
import dev.durablecheckout.workflows.client.WorkflowStarter;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jdbi.v3.core.Jdbi;

/** The one list of what the books can hold open; whoever adds a kind of work adds it here. */
final class LostOrders implements AutoCloseable {
  /** A sweep takes its time: what it looks at is well, as a rule. */
  private static final double SWEPT_PER_SECOND = 50;

  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(
          new ThreadFactoryBuilder().setDaemon(true).setNameFormat("recovery-deadlines").build());
  private final WorkflowStarter workflows;
  private final Recovery sweeping;
  private final Jdbi jdbi;
  private final Clock clock;

  private LostOrders(WorkflowClient client, Jdbi jdbi, Clock clock) {
    this.workflows = new WorkflowStarter(client, deadlines);
    this.sweeping = new Recovery(workflows, SWEPT_PER_SECOND, false);
    this.jdbi = jdbi;
    this.clock = clock;
  }

  static LostOrders of(WorkflowClient client, Jdbi jdbi, Clock clock) {
    return new LostOrders(client, jdbi, clock);
  }

  /** Every kind of open work, in the order in which it is looked at. */
  List<OpenWork> kinds() {
    return List.of(
        new OpenCheckouts(jdbi),
        new OpenRefunds(jdbi),
        new StrayPayments(jdbi),
        new LostLatePayments(jdbi),
        new OpenServiceOrders(jdbi),
        new OpenWithdrawals(jdbi, clock),
        new OpenDays(jdbi));
  }

  private List<LingeringWork> types() {
    return List.of(new LingeringCheckouts(jdbi), new LingeringRefunds(jdbi));
  }

  LostOrderActivitiesImpl activities() {
    return new LostOrderActivitiesImpl(kinds(), types(), workflows, sweeping, clock);
  }

  /** For a person who waits for it. */
  Recovery recovery(double perSecond, boolean dryRun) {
    return new Recovery(workflows, perSecond, dryRun);
  }

  @Override
  public void close() {
    sweeping.close();
    List<Runnable> unused = deadlines.shutdownNow();
  }
}
