package dev.durablecheckout.activities.checkout;

import dev.durablecheckout.activities.recovery.LingeringWork;
import dev.durablecheckout.activities.recovery.Standings;
import dev.durablecheckout.workflows.client.WorkflowStarter;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** Checkouts that end in the books, and whose workflow awaits a payment all the same. */
public final class LingeringCheckouts implements LingeringWork {
  private static final String PREFIX = "checkout:";
  private static final String STANDINGS =
      """
      select checkout_id as key, case when status = 'AWAITING_PAYMENT' or updated_at >= :before then 'OPEN' else 'DONE' end
        as standing
      from checkouts where checkout_id = any(:keys)
      """;

  private final Standings books;

  public LingeringCheckouts(Jdbi jdbi) {
    this.books = new Standings(jdbi);
  }

  @Override
  public String query() {
    return "WorkflowType = 'CheckoutWorkflow' AND CheckoutStatus = 'AWAITING_PAYMENT'";
  }

  @Override
  public Map<String, Standing> standings(Collection<String> workflowIds, Instant before) {
    return books.of(workflowIds, STANDINGS, before, LingeringCheckouts::key);
  }

  /** {@code checkout:merchant:order_no} is {@code merchant.order_no} in the books. */
  private static String key(String workflowId) {
    return workflowId.startsWith(PREFIX)
        ? workflowId.substring(PREFIX.length()).replaceFirst(":", ".")
        : workflowId;
  }

  @Override
  public boolean nudge(WorkflowStarter workflows, String workflowId) {
    return workflows.signal(workflowId, "booksAreAhead");
  }
}
