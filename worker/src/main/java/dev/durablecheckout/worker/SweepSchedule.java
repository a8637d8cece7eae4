package dev.durablecheckout.worker;

import dev.durablecheckout.workflows.recovery.LostOrderSweepWorkflow;
import dev.durablecheckout.workflows.recovery.SweepRequest;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import java.time.Duration;
import java.util.List;

/** When lost orders are looked for, as it is configured. */
final class SweepSchedule {
  /** A sweep that was missed for longer, because Temporal was down, need not be made up for. */
  private static final Duration CATCH_UP = Duration.ofMinutes(1);

  private SweepSchedule() {}

  static Schedule of(SweepConfiguration configuration) {
    return Schedule.newBuilder()
        .setAction(
            // No static summary: SDK 1.38 cannot read a schedule back that has one without details.
            ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType(LostOrderSweepWorkflow.class)
                .setArguments(new SweepRequest(configuration.age()))
                .setOptions(
                    WorkflowOptions.newBuilder()
                        .setWorkflowId(LostOrderSweepWorkflow.SCHEDULE_ID)
                        .setTaskQueue(TaskQueues.CHECKOUT)
                        .build())
                .build())
        .setSpec(
            ScheduleSpec.newBuilder()
                .setIntervals(List.of(new ScheduleIntervalSpec(configuration.interval())))
                .build())
        .setPolicy(
            SchedulePolicy.newBuilder()
                .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                .setCatchupWindow(CATCH_UP)
                .build())
        .build();
  }
}
