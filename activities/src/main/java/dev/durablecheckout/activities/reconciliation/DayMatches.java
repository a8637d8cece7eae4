package dev.durablecheckout.activities.reconciliation;

import dev.durablecheckout.workflows.reconciliation.BillDay;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Each line of a day's bill with what orders and ledger have under its number, and how they differ:
 * the one definition, for the comparison and for the report.
 *
 * <p>What counts as money: of the bill all that did not fail, fees and vouchers too, of the orders
 * what they have as paid or gone back, of the ledger what stands in the channel's account under the
 * number's business key. Where nothing differs the three are equal, line by line and in sum.
 *
 * <p>A payment's number is the merchant's and comes once. A refund's number comes once for each
 * payment: Alipay takes the same one for two payments, and other systems on the account use that.
 */
final class DayMatches {
  /** Binds merchant, channel, day and channel_name; orders nothing. */
  static final String SELECT =
      """
      with lines as (
        select l.merchant, l.channel, l.bill_day, l.line_no, l.kind, l.number, l.out_trade_no, l.trade_no, l.amount_fen,
          l.at, l.progress, l.fee_fen, case when l.progress = 'FAILED' then 0 else l.fee_back_fen end as fee_back_fen,
          l.voucher_fen, case when l.progress = 'FAILED' then 0 else l.voucher_back_fen end as voucher_back_fen,
          row_number() over (partition by l.kind, l.number, case when l.kind = 'REFUND' then l.trade_no end
              order by l.line_no) > 1
            or exists (select 1 from bill_lines o where o.merchant = l.merchant and o.channel = l.channel
              and o.kind = l.kind and o.number = l.number and o.bill_day < l.bill_day
              and (l.kind = 'PAYMENT' or o.trade_no = l.trade_no)) as again
        from bill_lines l
        where l.merchant = :merchant and l.channel = :channel and l.bill_day = :day
      ), ours as (
        select l.*, coalesce(p.checkout_id, r.checkout_id) as checkout_id, s.service_order_id,
          coalesce(p.status, s.status, r.status) as our_status,
          coalesce(p.paid_fen, p.amount_fen, s.paid_fen, s.total_fen, r.amount_fen) as our_fen,
          coalesce(p.trade_no, s.transaction_id) as our_trade_no,
          coalesce(p.status = 'SUCCEEDED', s.status = 'SETTLED', r.status = 'SUCCEEDED', false) as moved
        from lines l
        left join (pay_orders p join checkouts c on c.checkout_id = p.checkout_id and c.merchant = :merchant)
          on l.kind = 'PAYMENT' and p.out_trade_no = l.number and p.channel = l.channel
        left join service_orders s
          on l.kind = 'PAYMENT' and s.out_order_no = l.number and s.merchant = l.merchant and :channel_name = 'WECHAT_PAY'
        left join (refunds r join checkouts d on d.checkout_id = r.checkout_id and d.merchant = :merchant)
          on l.kind = 'REFUND' and r.out_refund_no = l.number and r.out_trade_no = l.out_trade_no and r.channel = l.channel
      ), booked as (
        select o.*, coalesce(e.debit_fen, 0) + coalesce(e.credit_fen, 0) as booked_fen
        from ours o
        left join ledger_postings g on g.merchant = o.merchant and g.business_key =
          case when o.kind = 'REFUND' then 'refund:' when o.service_order_id is not null then 'service-order:'
            else 'payment:' end || o.number
          and (o.kind = 'PAYMENT' or o.our_status is not null)
        left join ledger_entries e on e.posting = g.posting and e.account = (
          select a.account from ledger_accounts a
          where a.merchant = :merchant and a.kind = 'CHANNEL' and a.owner = :channel_name)
      )
      select b.*,
        case when b.progress = 'FAILED' then 0 else b.amount_fen end as bill_fen,
        case when b.moved and not b.again then b.our_fen else 0 end as order_fen,
        case when b.again then 0 else b.booked_fen end as ledger_fen,
        (b.kind = 'REFUND' and b.our_status = 'PROCESSING')
          or (b.service_order_id is not null and not b.moved) as waits,
        case
          when b.again then 'DUPLICATE'
          when b.our_status is null then 'MISSING_HERE'
          when b.amount_fen <> b.our_fen then 'AMOUNT_DIFFERS'
          when b.kind = 'PAYMENT' and not b.moved then 'MISSING_HERE'
          when b.kind = 'PAYMENT' and b.our_trade_no <> b.trade_no then 'STATE_DIFFERS'
          when b.kind = 'REFUND' and b.moved and b.progress = 'FAILED' then 'STATE_DIFFERS'
          when b.kind = 'REFUND' and not b.moved and not (b.our_status in ('FAILED', 'ABANDONED') and b.progress = 'FAILED')
            then 'STATE_DIFFERS'
          when b.moved and b.booked_fen <> b.our_fen then 'LEDGER_DIFFERS'
        end as difference
      from booked b
      """;

  private static final String KEEP =
      "create temporary table day_matches on commit drop as " + SELECT;

  private static final String LATER_TWINS =
      """
      select distinct l.bill_day from day_matches m
      join bill_lines l on l.merchant = m.merchant and l.channel = m.channel and l.kind = m.kind and l.number = m.number
        and l.bill_day > m.bill_day and (l.kind = 'PAYMENT' or l.trade_no = m.trade_no)
      join reconciliations r on r.merchant = l.merchant and r.channel = l.channel and r.bill_day = l.bill_day
        and r.matched_at is not null
      where not m.again
      order by 1
      """;

  private DayMatches() {}

  /** As a table of this transaction's own, {@code day_matches}, in place of another day's. */
  static void keep(Handle handle, BillDay day) {
    handle.execute("drop table if exists day_matches");
    DaySql.of(handle.createUpdate(KEEP), day).bind("channel_name", day.channel().name()).execute();
    handle.execute("create index on day_matches (kind, number)");
    handle.execute("analyze day_matches");
  }

  /**
   * Later days that were compared before this one and have a line of it, too: theirs is a
   * duplicate, which they could not know.
   */
  static List<LocalDate> laterTwins(Handle handle) {
    return handle.createQuery(LATER_TWINS).mapTo(LocalDate.class).list();
  }
}
