package dev.durablecheckout.activities.recovery;

import dev.durablecheckout.activities.recovery.LingeringWork.Standing;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.generic.GenericType;

/** How each kind of {@link LingeringWork} asks the books where running workflows stand. */
public final class Standings {
  private final Jdbi jdbi;

  public Standings(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * As {@link LingeringWork#standings} says; what the books do not name they have never heard of.
   *
   * @param sql selects {@code key} and {@code standing}; reads {@code :keys} and {@code :before}
   * @param key the business key of a workflow id
   */
  public Map<String, Standing> of(
      Collection<String> workflowIds, String sql, Instant before, UnaryOperator<String> key) {
    Map<String, String> standings =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(sql)
                    .bind("before", before)
                    .bindArray("keys", String.class, workflowIds.stream().map(key).toList())
                    .setMapKeyColumn("key")
                    .setMapValueColumn("standing")
                    .collectInto(new GenericType<Map<String, String>>() {}));
    Map<String, Standing> found = new LinkedHashMap<>();
    for (String workflowId : workflowIds) {
      String standing = standings.get(key.apply(workflowId));
      found.put(workflowId, standing == null ? Standing.UNKNOWN : Standing.valueOf(standing));
    }
    return found;
  }
}
