package dev.durablecheckout.activities.refund;

import dev.durablecheckout.activities.recovery.OpenRows;
import dev.durablecheckout.activities.recovery.OpenWork;
import dev.durablecheckout.workflows.client.WorkflowToStart;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundWorkflow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Refunds that have not succeeded, or of which the order system has not acknowledged what it was
 * told. One that the channel refused is not sent again by this: its workflow waits for a person.
 */
public final class OpenRefunds implements OpenWork {
  private static final String PAGE =
      """
      select out_refund_no from (
        (select out_refund_no from refunds
          where status in ('PROCESSING', 'FAILED') and out_refund_no > :after and updated_at < :before
          order by out_refund_no limit :limit)
        union
        (select r.out_refund_no from events e
          join refunds r on r.checkout_id = e.checkout_id and e.event_id in ('evt_refunded_' || r.out_refund_no, 'evt_refund_failed_' || r.out_refund_no)
          where e.delivered_at is null and not e.withheld and e.type in ('PAYMENT_REFUNDED', 'REFUND_FAILED')
            and r.out_refund_no > :after and e.created_at < :before
          order by r.out_refund_no limit :limit)) open
      order by out_refund_no limit :limit
      """;

  private final Jdbi jdbi;
  private final OpenRows books;

  public OpenRefunds(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.books = new OpenRows(jdbi);
  }

  @Override
  public String kind() {
    return "refunds";
  }

  @Override
  public List<String> page(Instant before, String after, int limit) {
    return books.keys(PAGE, before, after, limit);
  }

  @Override
  public String workflowId(String key) {
    return RefundWorkflow.workflowId(OutRefundNo.of(key));
  }

  @Override
  public Optional<WorkflowToStart> rebuild(String key) {
    return jdbi.withHandle(handle -> RefundDao.find(handle, OutRefundNo.of(key)))
        .map(
            refund ->
                new WorkflowToStart(
                    RefundWorkflow.workflowId(refund.outRefundNo()),
                    RefundWorkflow.class,
                    refund,
                    refund.summary()));
  }
}
