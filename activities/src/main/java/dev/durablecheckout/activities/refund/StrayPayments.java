package dev.durablecheckout.activities.refund;

import dev.durablecheckout.activities.payment.PayOrderDao;
import dev.durablecheckout.activities.recovery.OpenRows;
import dev.durablecheckout.activities.recovery.OpenWork;
import dev.durablecheckout.workflows.client.WorkflowToStart;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayOrderRecord;
import dev.durablecheckout.workflows.payment.Settlement;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import dev.durablecheckout.workflows.refund.RefundWorkflow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Payments that settled nothing, and whose refund was never begun: whoever booked them is gone. The
 * refund's number follows from the pay order, so nothing goes back twice.
 */
public final class StrayPayments implements OpenWork {
  private static final String PAGE =
      """
      select p.out_trade_no from pay_orders p
      where p.settlement in ('LATE', 'DUPLICATE') and p.out_trade_no > :after and p.updated_at < :before
        and not exists (select 1 from refunds r where r.out_refund_no = 'R' || p.out_trade_no)
      order by p.out_trade_no limit :limit
      """;

  private final Jdbi jdbi;
  private final OpenRows books;

  public StrayPayments(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.books = new OpenRows(jdbi);
  }

  @Override
  public String kind() {
    return "payments to send back";
  }

  @Override
  public List<String> page(Instant before, String after, int limit) {
    return books.keys(PAGE, before, after, limit);
  }

  @Override
  public String workflowId(String key) {
    return RefundWorkflow.workflowId(OutRefundNo.automatic(OutTradeNo.of(key)));
  }

  @Override
  public Optional<WorkflowToStart> rebuild(String key) {
    return jdbi.withHandle(handle -> PayOrderDao.find(handle, OutTradeNo.of(key)))
        .map(StrayPayments::workflow);
  }

  private static WorkflowToStart workflow(PayOrderRecord stray) {
    RefundOrder refund =
        RefundOrder.automatic(
            stray.payOrder(),
            stray.settlement() == Settlement.LATE ? RefundReason.LATE : RefundReason.DUPLICATE);
    return new WorkflowToStart(
        RefundWorkflow.workflowId(refund.outRefundNo()),
        RefundWorkflow.class,
        refund,
        refund.summary());
  }
}
