package dev.durablecheckout.worker;

import com.google.common.collect.ImmutableList;
import dev.durablecheckout.activities.channel.BillChannels;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import dev.durablecheckout.workflows.reconciliation.ReconciliationStart;
import dev.durablecheckout.workflows.reconciliation.ReconciliationStarter;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import java.time.Duration;
import java.util.List;

/** When the day of an account is reconciled: one schedule for each whose channel writes bills. */
final class ReconciliationSchedule {
  /** Channels promise their bills for 10:00; {@link BillDay#ZONE} has no summer time. */
  private static final String DAILY = "30 10 * * *";

  /** A server that was down for so long catches up with every day of it. */
  private static final Duration CATCH_UP = Duration.ofDays(30);

  private ReconciliationSchedule() {}

  static ImmutableList<ReconciliationStart> starts(BillChannels bills) {
    ImmutableList.Builder<ReconciliationStart> starts = ImmutableList.builder();
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

  static Schedule of(ReconciliationStart start) {
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
