package dev.durablecheckout.activities.checkout;

import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.activities.recovery.OpenRows;
import dev.durablecheckout.activities.recovery.OpenWork;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.LatePaymentWorkflow;
import dev.durablecheckout.workflows.client.WorkflowToStart;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.LatePayment;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PaymentNotified;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Payments that a channel has notified and Temporal had taken, for checkouts that had ended, and
 * that never got into the books. What Temporal has not taken is the relay's; what a checkout that
 * awaits payment has missed, it finds by asking.
 */
public final class LostLatePayments implements OpenWork {
  private static final String LOST =
      """
      from notify_log n join pay_orders p using (out_trade_no) join checkouts c on c.checkout_id = p.checkout_id
      where n.verdict = 'VERIFIED' and n.applied_at is null and n.trade_state = 'PAID' and n.relayed_at is not null
        and p.status <> 'SUCCEEDED' and c.status <> 'AWAITING_PAYMENT'
        and c.attention is distinct from 'AMOUNT_MISMATCH'
      """;
  private static final String PAGE =
      "select distinct n.out_trade_no "
          + LOST
          + " and n.out_trade_no > :after and n.last_received_at < :before order by n.out_trade_no limit :limit";
  private static final String FIND =
      "select n.*, c.checkout_id as checkout "
          + LOST
          + " and n.out_trade_no = :key order by n.id limit 1";

  private final OpenRows books;

  public LostLatePayments(Jdbi jdbi) {
    this.books = new OpenRows(jdbi);
  }

  @Override
  public String kind() {
    return "late payments";
  }

  @Override
  public List<String> page(Instant before, String after, int limit) {
    return books.keys(PAGE, before, after, limit);
  }

  @Override
  public String workflowId(String key) {
    return LatePaymentWorkflow.workflowId(OutTradeNo.of(key));
  }

  @Override
  public Optional<WorkflowToStart> rebuild(String key) {
    return books.workflow(FIND, key, (row, context) -> workflow(row));
  }

  private static WorkflowToStart workflow(ResultSet row) throws SQLException {
    CheckoutId checkout = CheckoutId.parse(row.getString("checkout"));
    OutTradeNo outTradeNo = OutTradeNo.of(row.getString("out_trade_no"));
    String tradeNo = row.getString("trade_no");
    long amountFen = row.getLong("amount_fen");
    Money amount = row.wasNull() ? null : Money.ofFen(amountFen);
    TradeResult trade =
        new TradeResult(
            outTradeNo,
            TradeState.PAID,
            tradeNo == null ? null : TradeNo.of(tradeNo),
            amount,
            Columns.instantOrNull(row, "paid_at"));
    LatePayment late =
        new LatePayment(
            checkout, new PaymentNotified(row.getLong("id"), row.getString("notify_id"), trade));
    return new WorkflowToStart(
        LatePaymentWorkflow.workflowId(outTradeNo),
        LatePaymentWorkflow.class,
        late,
        late.summary());
  }

  /** It has asked the channel, and booked what there was to book. */
  @Override
  public boolean isDoneOnce() {
    return true;
  }
}
