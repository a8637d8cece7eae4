package dev.durablecheckout.workflows.recovery;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a sweep has found. Counts are whole; the lists name the first few.
 *
 * @param found what the books hold open
 * @param alive of these, had a running workflow (or had one that looked into it and is done)
 * @param started of these, had none and got one
 * @param failed of these, could not be looked at or started: the next sweep tries again
 * @param nudged running workflows whose work is done in the books: they were told to look there
 * @param unknown running workflows of which the books have never heard: left alone, for a person
 * @param startedIds workflow ids
 * @param failedIds workflow ids, each with why
 * @param nudgedIds workflow ids
 * @param unknownIds workflow ids
 */
public record SweepReport(
    int found,
    int alive,
    int started,
    int failed,
    int nudged,
    int unknown,
    List<String> startedIds,
    List<String> failedIds,
    List<String> nudgedIds,
    List<String> unknownIds) {
  /** How many ids a list names: it is read in the UI. */
  private static final int NAMED = 20;

  public static final SweepReport NOTHING =
      new SweepReport(0, 0, 0, 0, 0, 0, List.of(), List.of(), List.of(), List.of());

  public static SweepReport alive(int workflows) {
    return new SweepReport(
        workflows, workflows, 0, 0, 0, 0, List.of(), List.of(), List.of(), List.of());
  }

  public static SweepReport started(String workflowId) {
    return new SweepReport(1, 0, 1, 0, 0, 0, List.of(workflowId), List.of(), List.of(), List.of());
  }

  public static SweepReport failed(String workflowId, String why) {
    return new SweepReport(
        1, 0, 0, 1, 0, 0, List.of(), List.of(workflowId + ": " + why), List.of(), List.of());
  }

  public static SweepReport nudged(String workflowId) {
    return new SweepReport(0, 0, 0, 0, 1, 0, List.of(), List.of(), List.of(workflowId), List.of());
  }

  public static SweepReport unknown(String workflowId) {
    return new SweepReport(0, 0, 0, 0, 0, 1, List.of(), List.of(), List.of(), List.of(workflowId));
  }

  public SweepReport plus(SweepReport more) {
    return new SweepReport(
        found + more.found,
        alive + more.alive,
        started + more.started,
        failed + more.failed,
        nudged + more.nudged,
        unknown + more.unknown,
        first(startedIds, more.startedIds),
        first(failedIds, more.failedIds),
        first(nudgedIds, more.nudgedIds),
        first(unknownIds, more.unknownIds));
  }

  private static List<String> first(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).limit(NAMED).toList();
  }

  /** Whether all that is open is being worked on, and nothing else is. */
  @JsonIgnore
  public boolean isQuiet() {
    return started == 0 && failed == 0 && nudged == 0 && unknown == 0;
  }
}
