package dev.durablecheckout.activities.refund;

import dev.durablecheckout.activities.recovery.LingeringWork;
import dev.durablecheckout.workflows.client.WorkflowStarter;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.generic.GenericType;

/** Refunds whose workflow waits for a person, though the money has gone back in the books. */
public final class LingeringRefunds implements LingeringWork {
  private static final String PREFIX = "refund:";
  private static final String STANDINGS =
      """
      select out_refund_no, case when status in ('PROCESSING', 'FAILED') or updated_at >= :before then 'OPEN' else 'DONE' end
        as standing
      from refunds where out_refund_no = any(:nos)
      """;

  private final Jdbi jdbi;

  public LingeringRefunds(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public String query() {
    return "WorkflowType = 'RefundWorkflow' AND Attention = 'REFUND_FAILED'";
  }

  @Override
  public Map<String, Standing> standings(Collection<String> workflowIds, Instant before) {
    Map<String, String> standings =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(STANDINGS)
                    .bind("before", before)
                    .bindArray(
                        "nos",
                        String.class,
                        workflowIds.stream().map(LingeringRefunds::key).toList())
                    .setMapKeyColumn("out_refund_no")
                    .setMapValueColumn("standing")
                    .collectInto(new GenericType<Map<String, String>>() {}));
    Map<String, Standing> found = new LinkedHashMap<>();
    for (String workflowId : workflowIds) {
      String standing = standings.get(key(workflowId));
      found.put(workflowId, standing == null ? Standing.UNKNOWN : Standing.valueOf(standing));
    }
    return found;
  }

  private static String key(String workflowId) {
    return workflowId.startsWith(PREFIX) ? workflowId.substring(PREFIX.length()) : workflowId;
  }

  /** It then reads the books before it asks the channel, and ends. */
  @Override
  public boolean nudge(WorkflowStarter workflows, String workflowId) {
    return workflows.update(workflowId, "retry", "the books say that it is done");
  }
}
