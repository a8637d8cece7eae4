package dev.durablecheckout.activities.refund;

import dev.durablecheckout.activities.recovery.LingeringWork;
import dev.durablecheckout.activities.recovery.Standings;
import dev.durablecheckout.workflows.client.WorkflowStarter;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** Refunds whose workflow waits for a person, though the money has gone back in the books. */
public final class LingeringRefunds implements LingeringWork {
  private static final String PREFIX = "refund:";
  private static final String STANDINGS =
      """
      select out_refund_no as key, case when status in ('PROCESSING', 'FAILED') or updated_at >= :before then 'OPEN' else 'DONE' end
        as standing
      from refunds where out_refund_no = any(:keys)
      """;

  private final Standings books;

  public LingeringRefunds(Jdbi jdbi) {
    this.books = new Standings(jdbi);
  }

  @Override
  public String query() {
    return "WorkflowType = 'RefundWorkflow' AND Attention = 'REFUND_FAILED'";
  }

  @Override
  public Map<String, Standing> standings(Collection<String> workflowIds, Instant before) {
    return books.of(workflowIds, STANDINGS, before, LingeringRefunds::key);
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
