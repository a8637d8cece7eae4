package dev.durablecheckout.activities.recovery;

import dev.durablecheckout.workflows.client.WorkflowToStart;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** How each kind of {@link OpenWork} reads the books: by its own SQL, and in short statements. */
public final class OpenRows {
  private final Jdbi jdbi;

  public OpenRows(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The keys of a page, as {@link OpenWork#page} says.
   *
   * @param sql selects one column; reads {@code :before}, {@code :after} and {@code :limit}
   */
  public List<String> keys(String sql, Instant before, String after, int limit) {
    return keys(sql, before, after, limit, Map.of());
  }

  /**
   * The same.
   *
   * @param more what else the SQL reads, by name
   */
  public List<String> keys(
      String sql, Instant before, String after, int limit, Map<String, ?> more) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(sql)
                .bindMap(more)
                .bind("before", before)
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
  }

  /**
   * The workflow of the first row, as {@link OpenWork#rebuild} says.
   *
   * @param sql reads {@code :key}
   */
  public Optional<WorkflowToStart> workflow(
      String sql, String key, RowMapper<WorkflowToStart> workflow) {
    return workflow(sql, key, workflow, Map.of());
  }

  /**
   * The same.
   *
   * @param more what else the SQL reads, by name
   */
  public Optional<WorkflowToStart> workflow(
      String sql, String key, RowMapper<WorkflowToStart> workflow, Map<String, ?> more) {
    return jdbi.withHandle(
        handle -> handle.createQuery(sql).bindMap(more).bind("key", key).map(workflow).findFirst());
  }
}
