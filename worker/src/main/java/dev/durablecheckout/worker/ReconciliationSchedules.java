package dev.durablecheckout.worker;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.activities.channel.BillChannels;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import dev.durablecheckout.workflows.reconciliation.ReconciliationStart;
import dev.durablecheckout.workflows.reconciliation.ReconciliationStarter;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.dropwizard.lifecycle.Managed;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the server has a schedule for each account whose channel writes bills: at the
 * start, and as merchants come. A schedule that is there is brought up to date, and stays paused if
 * an operator has paused it. One whose merchant has gone is left: its bills can be wanted still.
 */
public final class ReconciliationSchedules implements Managed {
  /** Channels promise their bills for 10:00; {@link BillDay#ZONE} has no summer time. */
  static final String DAILY = "30 10 * * *";

  /** A server that was down for so long catches up with every day of it. */
  static final Duration CATCH_UP = Duration.ofDays(30);

  private static final Logger LOG = LoggerFactory.getLogger(ReconciliationSchedules.class);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final WorkflowClient client;
  private final String namespace;
  private final Supplier<BillChannels> bills;
  private final ScheduledExecutorService executor;
  private final Set<ReconciliationStart> ensured = new HashSet<>();

  public ReconciliationSchedules(
      WorkflowClient client,
      String namespace,
      Supplier<BillChannels> bills,
      ScheduledExecutorService executor) {
    this.client = client;
    this.namespace = namespace;
    this.bills = bills;
    this.executor = executor;
  }

  private static ImmutableSet<ReconciliationStart> of(BillChannels bills) {
    ImmutableSet.Builder<ReconciliationStart> starts = ImmutableSet.builder();
    bills
        .all()
        .rowMap()
        .forEach(
            (merchant, channels) ->
                channels
                    .keySet()
                    .forEach(channel -> starts.add(new ReconciliationStart(merchant, channel))));
    return starts.build();
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // It lets nothing out that would end it.
  public void start() {
    executor.scheduleWithFixedDelay(this::ensureAll, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** For who has a namespace that was empty: all of them, now. */
  static void ensure(WorkflowClient client, String namespace, BillChannels bills) {
    for (ReconciliationStart start : of(bills)) {
      ensure(client, namespace, start);
    }
  }

  private void ensureAll() {
    for (ReconciliationStart start : of(bills.get())) {
      if (!ensured.contains(start)) {
        try {
          ensure(client, namespace, start);
          boolean unused = ensured.add(start);
        } catch (RuntimeException e) {
          if (isWithoutSchedules(e)) {
            LOG.info("this Temporal server has no schedules: days are reconciled by hand");
            executor.shutdown();
          } else {
            LOG.warn("no schedule {} yet: {}", start.scheduleId(), e.toString());
          }
          return;
        }
      }
    }
  }

  /** The one inside a JVM, for tests and a first look. */
  private static boolean isWithoutSchedules(RuntimeException e) {
    return Throwables.getCausalChain(e).stream()
        .anyMatch(
            cause ->
                cause instanceof StatusRuntimeException status
                    && status.getStatus().getCode() == Status.Code.UNIMPLEMENTED);
  }

  /** Creates the schedule, or brings the one that is there up to date. */
  static void ensure(WorkflowClient client, String namespace, ReconciliationStart start) {
    ScheduleClient schedules =
        ScheduleClient.newInstance(
            client.getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder()
                .setNamespace(namespace)
                .setDataConverter(client.getOptions().getDataConverter())
                .build());
    Schedule schedule = schedule(start);
    try {
      ScheduleHandle unused =
          schedules.createSchedule(
              start.scheduleId(), schedule, ScheduleOptions.newBuilder().build());
      LOG.info("schedule {} created", start.scheduleId());
    } catch (ScheduleAlreadyRunningException e) {
      schedules
          .getHandle(start.scheduleId())
          .update(
              now ->
                  new ScheduleUpdate(
                      Schedule.newBuilder(schedule)
                          .setState(now.getDescription().getSchedule().getState())
                          .build()));
    }
  }

  private static Schedule schedule(ReconciliationStart start) {
    return Schedule.newBuilder()
        .setAction(
            ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType(ReconciliationStarter.class)
                .setArguments(start)
                .setOptions(
                    WorkflowOptions.newBuilder()
                        .setWorkflowId(start.scheduleId())
                        .setTaskQueue(TaskQueues.CHECKOUT)
                        .build())
                .build())
        .setSpec(
            ScheduleSpec.newBuilder()
                .setCronExpressions(List.of(DAILY))
                .setTimeZoneName(BillDay.ZONE.getId())
                .build())
        .setPolicy(
            SchedulePolicy.newBuilder()
                // Each start is of another day: none stands for another.
                .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL)
                .setCatchupWindow(CATCH_UP)
                .build())
        .build();
  }
}
