package dev.durablecheckout.activities.recovery;

import dev.durablecheckout.workflows.client.WorkflowStarter;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** One type of workflow that could wait for what has long happened in the books. */
public interface LingeringWork {
  /** What the books say of the work of a running workflow. */
  enum Standing {
    OPEN,
    DONE,
    /** The books have never heard of it. */
    UNKNOWN
  }

  /** The visibility query that finds those workflows which could, besides that they are running. */
  String query();

  /**
   * Where these stand in the books.
   *
   * @param before what was touched later counts as OPEN: its workflow may be about to end
   */
  Map<String, Standing> standings(Collection<String> workflowIds, Instant before);

  /**
   * Makes a workflow look into the books.
   *
   * @return false if it has ended meanwhile
   */
  boolean nudge(WorkflowStarter workflows, String workflowId);
}
