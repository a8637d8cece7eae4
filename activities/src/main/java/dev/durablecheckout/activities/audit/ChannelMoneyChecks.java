package dev.durablecheckout.activities.audit;

import dev.durablecheckout.activities.payment.ChannelSql;
import java.util.List;

/**
 * Law 4 for what channels move: each payment and refund in the books has its one posting, with its
 * amount and accounts, and no posting is without one. Both are written in one transaction, so there
 * is no time of grace.
 */
final class ChannelMoneyChecks {
  /** A posting in one line, such as {@code CHANNEL/ALIPAY 700 -> SALES/ 700}. */
  private static final String POSTED =
      """
      (select p.merchant, p.business_key,
        string_agg(a.kind || '/' || a.owner || ' ' || e.debit_fen, ', ' order by e.line) filter (where e.debit_fen > 0)
          || ' -> '
          || string_agg(a.kind || '/' || a.owner || ' ' || e.credit_fen, ', ' order by e.line) filter (where e.credit_fen > 0)
          as moves
        from ledger_postings p join ledger_entries e using (posting) join ledger_accounts a using (account)
        where %s group by p.posting) l
      """;

  private static final Audit.Check PAYMENTS =
      new Audit.Check(
          4,
          """
          select coalesce(m.key, l.business_key) as key, 'should be in the ledger as '
            || coalesce(m.moves, 'nothing') || ', and is there as ' || coalesce(l.moves, 'nothing') as description
          from (
            select c.merchant, 'payment:' || p.out_trade_no as business_key, p.out_trade_no as key,
              %s p.paid_fen || ' -> ' || case when p.settlement <> 'SETTLED' then 'SUSPENSE/ '
                when c.purpose = 'WALLET_TOP_UP' then 'WALLET/' || c.buyer_id || ' ' else 'SALES/ ' end || p.paid_fen
              as moves
            from pay_orders p join checkouts c using (checkout_id) where p.status = 'SUCCEEDED' and p.channel in %s
            union all
            select s.merchant, 'service-order:' || s.out_order_no, s.service_order_id,
              'CHANNEL/WECHAT_PAY ' || s.paid_fen || ' -> SALES/ ' || s.paid_fen
            from service_orders s where s.status = 'SETTLED' and s.paid_fen > 0) m
          full join %s using (merchant, business_key)
          where m.moves is distinct from l.moves
          """
              .formatted(
                  channel("p"),
                  ChannelSql.OUTSIDE,
                  POSTED.formatted(
                      "p.kind = 'PAYMENT' or p.business_key ~ '^(payment|service-order):'")));

  private static final Audit.Check REFUNDS =
      new Audit.Check(
          4,
          """
          select coalesce(m.key, l.business_key) as key, 'should be in the ledger as '
            || coalesce(m.moves, 'nothing') || ', and is there as ' || coalesce(l.moves, 'nothing') as description
          from (
            select c.merchant, 'refund:' || r.out_refund_no as business_key, r.out_refund_no as key,
              case when r.reason in ('LATE', 'DUPLICATE') then 'SUSPENSE/ ' else 'SALES/ ' end || r.amount_fen || ' -> '
              || %s r.amount_fen as moves
            from refunds r join checkouts c using (checkout_id) where r.status = 'SUCCEEDED' and r.channel in %s) m
          full join %s using (merchant, business_key)
          where m.moves is distinct from l.moves
          """
              .formatted(channel("r"), ChannelSql.OUTSIDE, POSTED.formatted("p.kind = 'REFUND'")));

  /**
   * What SUSPENSE holds of a payment is what has not gone back of it: all of one that did not
   * settle, then nothing; and nothing of one that did, at any time.
   */
  private static final Audit.Check SUSPENSE =
      new Audit.Check(
          4,
          """
          select p.out_trade_no as key, 'is ' || p.settlement || ' with ' || p.open_fen
            || ' fen not gone back, and SUSPENSE holds ' || coalesce(s.fen, 0) || ' of it' as description
          from (select p.*, c.merchant, case when p.settlement = 'SETTLED' then 0 else p.paid_fen - coalesce((
              select sum(r.amount_fen) from refunds r where r.out_trade_no = p.out_trade_no and r.status = 'SUCCEEDED'), 0)
              end as open_fen
            from pay_orders p join checkouts c using (checkout_id) where p.status = 'SUCCEEDED' and p.channel in %s) p
          left join (select p.merchant, p.detail ->> 'out_trade_no' as out_trade_no, sum(e.credit_fen - e.debit_fen) as fen
            from ledger_postings p join ledger_entries e using (posting) join ledger_accounts a using (account)
            where a.kind = 'SUSPENSE' group by 1, 2) s using (merchant, out_trade_no)
          where p.open_fen <> coalesce(s.fen, 0)
          """
              .formatted(ChannelSql.OUTSIDE));

  static final List<Audit.Check> ALL = List.of(PAYMENTS, REFUNDS, SUSPENSE);

  private ChannelMoneyChecks() {}

  private static String channel(String row) {
    return "'CHANNEL/' || " + ChannelSql.nameOf(row + ".channel") + " || ' ' || ";
  }
}
