package dev.durablecheckout.worker;

import com.google.common.base.Throwables;
import dev.durablecheckout.activities.channel.BillChannels;
import dev.durablecheckout.workflows.reconciliation.ReconciliationStart;
import dev.durablecheckout.workflows.recovery.LostOrderSweepWorkflow;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleUpdate;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All the schedules a namespace has to have: the sweep's, and one for each account whose channel
 * writes bills. One that is there is brought up to date, once, and stays paused if an operator has
 * paused it; one that is gone is created again, because a namespace can be lost and rebuilt under a
 * running worker. One whose merchant has gone is left: its bills can be wanted still. Many may do
 * so at once.
 */
final class Schedules {
  private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);

  private final ScheduleClient schedules;
  private final SweepConfiguration sweep;
  private final Set<String> upToDate = new HashSet<>();

  Schedules(WorkflowClient client, SweepConfiguration sweep) {
    this.schedules =
        ScheduleClient.newInstance(
            client.getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setDataConverter(client.getOptions().getDataConverter())
                .build());
    this.sweep = sweep;
  }

  /**
   * Ensures all of them.
   *
   * @return false if this server has no schedules: the one inside a JVM, for tests and a first look
   */
  boolean ensure(BillChannels bills) {
    if (!ensureSweep()) {
      return false;
    }
    for (ReconciliationStart start : ReconciliationSchedule.starts(bills)) {
      ensure(start.scheduleId(), ReconciliationSchedule.of(start));
    }
    return true;
  }

  /**
   * Ensures the one that every namespace has to have, whoever the merchants are.
   *
   * @return false if this server has no schedules
   */
  boolean ensureSweep() {
    try {
      ensure(LostOrderSweepWorkflow.SCHEDULE_ID, SweepSchedule.of(sweep));
      return true;
    } catch (ScheduleException | StatusRuntimeException e) {
      if (!isUnimplemented(e)) {
        throw e;
      }
      LOG.info(
          "this Temporal server has no schedules: nobody looks for lost orders, and days are"
              + " reconciled by hand");
      return false;
    }
  }

  private void ensure(String id, Schedule schedule) {
    try {
      ScheduleHandle unused =
          schedules.createSchedule(id, schedule, ScheduleOptions.newBuilder().build());
      LOG.info("schedule {} created", id);
    } catch (ScheduleAlreadyRunningException e) {
      if (!upToDate.contains(id)) {
        schedules
            .getHandle(id)
            .update(
                now ->
                    new ScheduleUpdate(
                        Schedule.newBuilder(schedule)
                            .setState(now.getDescription().getSchedule().getState())
                            .build()));
      }
    }
    boolean unused = upToDate.add(id);
  }

  private static boolean isUnimplemented(RuntimeException e) {
    return Throwables.getCausalChain(e).stream()
        .anyMatch(
            cause ->
                cause instanceof StatusRuntimeException rpc
                    && rpc.getStatus().getCode() == Status.Code.UNIMPLEMENTED);
  }
}
