package dev.durablecheckout.activities.checkout;

import dev.durablecheckout.activities.recovery.LingeringWork;
import dev.durablecheckout.workflows.client.WorkflowStarter;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.generic.GenericType;

/** Checkouts that end in the books, and whose workflow awaits a payment all the same. */
public final class LingeringCheckouts implements LingeringWork {
  private static final String PREFIX = "checkout:";
  private static final String STANDINGS =
      """
      select checkout_id, case when status = 'AWAITING_PAYMENT' or updated_at >= :before then 'OPEN' else 'DONE' end
        as standing
      from checkouts where checkout_id = any(:ids)
      """;

  private final Jdbi jdbi;

  public LingeringCheckouts(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public String query() {
    return "WorkflowType = 'CheckoutWorkflow' AND CheckoutStatus = 'AWAITING_PAYMENT'";
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
                        "ids",
                        String.class,
                        workflowIds.stream().map(LingeringCheckouts::key).toList())
                    .setMapKeyColumn("checkout_id")
                    .setMapValueColumn("standing")
                    .collectInto(new GenericType<Map<String, String>>() {}));
    Map<String, Standing> found = new LinkedHashMap<>();
    for (String workflowId : workflowIds) {
      String standing = standings.get(key(workflowId));
      found.put(workflowId, standing == null ? Standing.UNKNOWN : Standing.valueOf(standing));
    }
    return found;
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
