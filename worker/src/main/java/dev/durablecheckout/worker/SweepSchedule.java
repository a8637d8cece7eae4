package dev.durablecheckout.worker;

import com.google.common.base.Throwables;
import dev.durablecheckout.workflows.recovery.LostOrderSweepWorkflow;
import dev.durablecheckout.workflows.recovery.SweepRequest;
import dev.durablecheckout.workflows.temporal.TaskQueues;
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
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the namespace has the schedule of the sweep, as it is configured. Many workers
 * may do so at once. A schedule that an operator has paused stays paused.
 */
final class SweepSchedule {
  private static final Logger LOG = LoggerFactory.getLogger(SweepSchedule.class);

  /** A sweep that was missed for longer, because Temporal was down, need not be made up for. */
  private static final Duration CATCH_UP = Duration.ofMinutes(1);

  private SweepSchedule() {}

  /** Creates the schedule, or brings it up to date. */
  static void ensure(WorkflowClient client, SweepConfiguration configuration) {
    ScheduleClient schedules =
        ScheduleClient.newInstance(
            client.getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .build());
    Schedule schedule = schedule(configuration);
    try {
      schedules.createSchedule(
          LostOrderSweepWorkflow.SCHEDULE_ID, schedule, ScheduleOptions.newBuilder().build());
      LOG.info("lost orders are looked for every {}", configuration.interval());
    } catch (ScheduleAlreadyRunningException e) {
      schedules
          .getHandle(LostOrderSweepWorkflow.SCHEDULE_ID)
          .update(
              input ->
                  new ScheduleUpdate(
                      Schedule.newBuilder(schedule)
                          .setState(input.getDescription().getSchedule().getState())
                          .build()));
    } catch (ScheduleException | StatusRuntimeException e) {
      if (!isUnimplemented(e)) {
        throw e;
      }
      LOG.info("this Temporal server has no schedules: nobody looks for lost orders");
    }
  }

  private static boolean isUnimplemented(Throwable e) {
    return Throwables.getCausalChain(e).stream()
        .anyMatch(
            cause ->
                cause instanceof StatusRuntimeException rpc
                    && rpc.getStatus().getCode() == Status.Code.UNIMPLEMENTED);
  }

  private static Schedule schedule(SweepConfiguration configuration) {
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
