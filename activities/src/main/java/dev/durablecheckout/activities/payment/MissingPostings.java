package dev.durablecheckout.activities.payment;

import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayOrderRecord;
import dev.durablecheckout.workflows.payment.Settlement;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Posts what channels have moved and nobody posted: a worker from before there were postings goes
 * on while others are deployed, and books payments as it always did. What is posted already is left
 * as it is, so it can run at any time, and twice.
 *
 * <p>It posts as of now: a period that was closed stays closed. What such a worker has begun to
 * send back is held of its payment, as well.
 */
public final class MissingPostings {
  private static final String NOT_POSTED =
      "not exists (select 1 from ledger_postings l where l.merchant = %s and l.business_key = %s)";
  private static final String PAYMENTS =
      "select p.out_trade_no from pay_orders p join checkouts c using (checkout_id)"
          + " where p.status = 'SUCCEEDED' and p.channel in "
          + ChannelSql.OUTSIDE
          // What settled a top-up is in a wallet: it has its posting, or is not put right by this.
          + " and (c.purpose = 'SALE' or p.settlement <> 'SETTLED') and "
          + NOT_POSTED.formatted("c.merchant", "'payment:' || p.out_trade_no");
  private static final String REFUNDS =
      "select r.* from refunds r join checkouts c using (checkout_id)"
          + " where r.status = 'SUCCEEDED' and r.channel in "
          + ChannelSql.OUTSIDE
          + " and "
          + NOT_POSTED.formatted("c.merchant", "'refund:' || r.out_refund_no");
  private static final String SERVICE_ORDERS =
      "select s.service_order_id, s.paid_fen from service_orders s"
          + " where s.status = 'SETTLED' and s.paid_fen > 0 and "
          + NOT_POSTED.formatted("s.merchant", "'service-order:' || s.out_order_no");

  private static final String HOLD =
      """
      update pay_orders p set refund_held_fen = r.fen
      from (select out_trade_no, sum(amount_fen) as fen from refunds where status <> 'ABANDONED' group by out_trade_no) r
      where r.out_trade_no = p.out_trade_no and p.settlement in ('LATE', 'DUPLICATE') and p.refund_held_fen < r.fen
      """;

  private final Jdbi jdbi;
  private final Clock clock;

  public MissingPostings(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * Posts each in a transaction of its own.
   *
   * @return how many there were
   */
  public int post() {
    List<Consumer<Handle>> missing =
        jdbi.inTransaction(
            handle -> {
              handle.execute("set local statement_timeout = '10min'");
              handle.execute(HOLD);
              List<Consumer<Handle>> found = new ArrayList<>();
              found.addAll(find(handle, PAYMENTS, (row, context) -> payment(row.getString(1))));
              found.addAll(
                  find(
                      handle,
                      REFUNDS,
                      (row, context) ->
                          refund(
                              new RefundOrder(
                                  OutRefundNo.of(row.getString("out_refund_no")),
                                  CheckoutId.parse(row.getString("checkout_id")),
                                  OutTradeNo.of(row.getString("out_trade_no")),
                                  Channel.ofCode(row.getInt("channel")),
                                  Money.ofFen(row.getLong("amount_fen")),
                                  Money.ofFen(row.getLong("total_fen")),
                                  Columns.constant(row, "reason", RefundReason.class)))));
              found.addAll(
                  find(
                      handle,
                      SERVICE_ORDERS,
                      (row, context) ->
                          serviceOrder(
                              ServiceOrderId.parse(row.getString(1)),
                              Money.ofFen(row.getLong(2)))));
              return found;
            });
    missing.forEach(posting -> jdbi.useTransaction(posting::accept));
    return missing.size();
  }

  private static List<Consumer<Handle>> find(
      Handle handle, String sql, RowMapper<Consumer<Handle>> mapper) {
    return handle.createQuery(sql).map(mapper).list();
  }

  private Consumer<Handle> payment(String no) {
    return handle -> {
      PayOrderRecord record = PayOrderDao.find(handle, OutTradeNo.of(no)).orElseThrow();
      Settlement settlement = record.settlement();
      if (settlement == null) {
        throw new IllegalStateException(no + " is not paid any more");
      }
      ChannelPostings.postPayment(handle, record.payOrder(), settlement, clock.instant());
    };
  }

  private Consumer<Handle> refund(RefundOrder refund) {
    return handle -> ChannelPostings.postRefund(handle, refund, clock.instant());
  }

  private Consumer<Handle> serviceOrder(ServiceOrderId id, Money paid) {
    return handle -> ChannelPostings.postServiceOrder(handle, id, paid, clock.instant());
  }
}
