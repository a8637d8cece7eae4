package dev.durablecheckout.workflows.recovery;

import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Page after page, then the reverse; see {@link LostOrderSweepWorkflow}. */
public final class LostOrderSweepWorkflowImpl implements LostOrderSweepWorkflow {
  /** After so many the history is begun anew. */
  private static final int PAGES = 100;

  private final LostOrderActivities activities =
      Workflow.newActivityStub(
          LostOrderActivities.class,
          ActivityOptions.newBuilder()
              .setTaskQueue(TaskQueues.RECOVERY)
              .setStartToCloseTimeout(Duration.ofMinutes(5))
              .setHeartbeatTimeout(Duration.ofSeconds(30))
              // The schedule begins anew: a sweep that cannot go on does not have to.
              .setScheduleToCloseTimeout(Duration.ofMinutes(30))
              .setRetryOptions(
                  RetryOptions.newBuilder().setMaximumInterval(Duration.ofMinutes(1)).build())
              .build());

  @Override
  public SweepReport run(SweepRequest request) {
    SweepReport soFar = request.soFar();
    SweepReport report = soFar == null ? SweepReport.NOTHING : soFar;
    SweepCursor cursor = request.cursor();
    for (int page = 0; page < PAGES; page++) {
      SweptPage swept = activities.sweepPage(request.olderThan(), cursor);
      report = report.plus(swept.report());
      cursor = swept.next();
      describe(report, cursor);
      if (cursor == null) {
        report = report.plus(activities.lookForLingering(request.olderThan()));
        describe(report, null);
        return report;
      }
    }
    Workflow.newContinueAsNewStub(LostOrderSweepWorkflow.class)
        .run(new SweepRequest(request.olderThan(), cursor, report));
    return report;
  }

  private static void describe(SweepReport report, @Nullable SweepCursor cursor) {
    StringBuilder details = new StringBuilder();
    details
        .append(report.isQuiet() ? "All that is open is being worked on." : "**Not all was well.**")
        .append("\n\n| open in the books | alive | started | failed | nudged | not in the books |")
        .append("\n|---|---|---|---|---|---|\n");
    for (int count :
        List.of(
            report.found(),
            report.alive(),
            report.started(),
            report.failed(),
            report.nudged(),
            report.unknown())) {
      details.append("| ").append(count).append(' ');
    }
    details.append("|\n");
    name(details, "Started", report.startedIds());
    name(details, "Failed", report.failedIds());
    name(details, "Sent back to the books", report.nudgedIds());
    name(details, "Unknown to the books", report.unknownIds());
    if (cursor != null) {
      details.append("\nGoes on at ").append(cursor.kind()).append('.');
    }
    Workflow.setCurrentDetails(details.toString());
  }

  private static void name(StringBuilder details, String what, List<String> ids) {
    if (!ids.isEmpty()) {
      details.append("\n**").append(what).append("**\n");
      ids.forEach(id -> details.append("- `").append(id).append("`\n"));
    }
  }
}
