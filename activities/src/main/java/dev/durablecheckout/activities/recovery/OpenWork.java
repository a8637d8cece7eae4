package dev.durablecheckout.activities.recovery;

import dev.durablecheckout.workflows.client.WorkflowToStart;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One kind of work that the books can hold open, and the workflow that does it. To start such a
 * workflow must be harmless at any time, also when the work has been done meanwhile: it reads the
 * books first.
 */
public interface OpenWork {
  /** What people call it, in the plural. */
  String kind();

  /**
   * The next open ones by their business key, ascending.
   *
   * @param before what was touched later is too young
   * @param after the last key of the page before; empty for the first
   */
  List<String> page(Instant before, String after, int limit);

  String workflowId(String key);

  /** The workflow as the books have it; empty if there is nothing left to do. */
  Optional<WorkflowToStart> rebuild(String key);

  /**
   * Whether a workflow that has ended by itself has done all that can be done, whatever the books
   * say.
   */
  default boolean isDoneOnce() {
    return false;
  }
}
