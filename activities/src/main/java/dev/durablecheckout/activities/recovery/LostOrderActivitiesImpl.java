package dev.durablecheckout.activities.recovery;

import dev.durablecheckout.workflows.client.OutcomeUnknownException;
import dev.durablecheckout.workflows.client.WorkflowStarter;
import dev.durablecheckout.workflows.recovery.LostOrderActivities;
import dev.durablecheckout.workflows.recovery.SweepCursor;
import dev.durablecheckout.workflows.recovery.SweepReport;
import dev.durablecheckout.workflows.recovery.SweptPage;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link LostOrderActivities} over every kind of open work there is. */
public final class LostOrderActivitiesImpl implements LostOrderActivities {
  private static final Logger LOG = LoggerFactory.getLogger(LostOrderActivitiesImpl.class);
  private static final int PAGE = 200;

  /** How many running workflows of a type are compared with the books in one sweep. */
  private static final int LINGERING = 5_000;

  private final List<OpenWork> kinds;
  private final List<LingeringWork> types;
  private final WorkflowStarter workflows;
  private final Recovery recovery;
  private final Clock clock;

  public LostOrderActivitiesImpl(
      List<OpenWork> kinds,
      List<LingeringWork> types,
      WorkflowStarter workflows,
      Recovery recovery,
      Clock clock) {
    this.kinds = List.copyOf(kinds);
    this.types = List.copyOf(types);
    this.workflows = workflows;
    this.recovery = recovery;
    this.clock = clock;
  }

  @Override
  public SweptPage sweepPage(Duration olderThan, @Nullable SweepCursor cursor) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    int index = cursor == null ? 0 : indexOf(cursor.kind());
    Recovery.Page page =
        recovery.page(
            kinds.get(index),
            clock.instant().minus(olderThan),
            cursor == null ? "" : cursor.after(),
            PAGE,
            () -> context.heartbeat(null));
    if (!page.report().isQuiet()) {
      LOG.warn(
          "{}: {} had no workflow and were started, {} could not be looked at; {} {}",
          kinds.get(index).kind(),
          page.report().started(),
          page.report().failed(),
          page.report().startedIds(),
          page.report().failedIds());
    }
    SweepCursor next =
        page.last()
            .map(last -> new SweepCursor(kinds.get(index).kind(), last))
            .orElseGet(
                () ->
                    index + 1 < kinds.size()
                        ? new SweepCursor(kinds.get(index + 1).kind(), "")
                        : null);
    return new SweptPage(page.report(), next);
  }

  private int indexOf(String kind) {
    for (int i = 0; i < kinds.size(); i++) {
      if (kinds.get(i).kind().equals(kind)) {
        return i;
      }
    }
    throw new IllegalArgumentException("there is no open work of the kind " + kind);
  }

  @Override
  public SweepReport lookForLingering(Duration olderThan) {
    Instant before = clock.instant().minus(olderThan);
    SweepReport report = SweepReport.NOTHING;
    for (LingeringWork type : types) {
      report = report.plus(lookForLingering(type, before));
      Activity.getExecutionContext().heartbeat(null);
    }
    return report;
  }

  private SweepReport lookForLingering(LingeringWork type, Instant before) {
    List<String> running =
        workflows.list(
            type.query()
                + " AND ExecutionStatus = 'Running' AND StartTime < '"
                + before.truncatedTo(ChronoUnit.SECONDS)
                + "'",
            LINGERING);
    SweepReport report = SweepReport.NOTHING;
    for (Map.Entry<String, LingeringWork.Standing> each :
        type.standings(running, before).entrySet()) {
      String workflowId = each.getKey();
      switch (each.getValue()) {
        case OPEN -> {}
        case DONE -> {
          report = report.plus(nudge(type, workflowId));
          Activity.getExecutionContext().heartbeat(null);
        }
        case UNKNOWN -> {
          LOG.warn("{} is running, and the books have never heard of it", workflowId);
          report = report.plus(SweepReport.unknown(workflowId));
        }
      }
    }
    return report;
  }

  /** The edge of one workflow: one that cannot answer must not keep the others from being told. */
  private SweepReport nudge(LingeringWork type, String workflowId) {
    try {
      if (type.nudge(workflows, workflowId)) {
        LOG.warn("{} waits for what is done in the books: it was sent there", workflowId);
        return SweepReport.nudged(workflowId);
      }
      return SweepReport.NOTHING;
    } catch (OutcomeUnknownException e) {
      LOG.warn("{} waits for what is done in the books, and does not answer", workflowId);
      return SweepReport.failed(workflowId, "it does not answer");
    }
  }
}
