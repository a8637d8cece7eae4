package dev.durablecheckout.activities.audit;

import com.google.common.collect.Iterables;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/** Runs the laws over the books, at any time; reads only. */
public final class Audit {
  /** How long a step may take before it counts as stuck. */
  public static final Duration GRACE = Duration.ofMinutes(5);

  record Check(int law, String sql) {}

  private static final List<Check> CHECKS =
      List.of(
          new Check(
              1,
              """
              select c.checkout_id as key, 'is PAID, by ' || count(p.*) || ' settled pay orders' as description
              from checkouts c left join pay_orders p on p.checkout_id = c.checkout_id and p.settlement = 'SETTLED'
              where c.status = 'PAID' group by c.checkout_id having count(p.*) <> 1
              """),
          new Check(
              1,
              """
              select p.checkout_id as key, 'is ' || c.status || ', yet ' || p.out_trade_no || ' settled it' as description
              from pay_orders p join checkouts c using (checkout_id)
              where p.settlement = 'SETTLED' and c.status <> 'PAID'
              """),
          new Check(
              1,
              """
              select c.checkout_id as key, 'is ' || c.status || ', and its event is missing' as description
              from checkouts c where c.status in ('PAID', 'CLOSED') and not exists (
                select 1 from events e where e.checkout_id = c.checkout_id and e.type = 'CHECKOUT_' || c.status)
              """),
          new Check(
              1,
              """
              select e.event_id as key, 'is not delivered: ' || coalesce(e.last_error, 'never tried') as description
              from events e join checkouts c using (checkout_id)
              where e.delivered_at is null and not e.withheld and e.created_at < :before and c.attention is null
              """),
          new Check(
              2,
              """
              select c.checkout_id as key,
                'is ' || c.status || ', and the channel holds ' || sum(coalesce(p.paid_fen, 0)) - coalesce(max(r.fen), 0)
                  || ' fen instead of ' || case c.status when 'PAID' then c.amount_fen else 0 end as description
              from checkouts c join pay_orders p using (checkout_id)
              left join (select checkout_id, sum(amount_fen) as fen from refunds where status = 'SUCCEEDED'
                and reason in ('LATE', 'DUPLICATE') group by checkout_id) r on r.checkout_id = c.checkout_id
              where c.attention is null and c.updated_at < :before
                and not exists (select 1 from refunds q where q.checkout_id = c.checkout_id
                  and q.status = 'PROCESSING')
                and not exists (select 1 from pay_orders q where q.checkout_id = c.checkout_id and q.updated_at >= :before)
              group by c.checkout_id
              having sum(coalesce(p.paid_fen, 0)) - coalesce(max(r.fen), 0)
                <> case c.status when 'PAID' then c.amount_fen else 0 end
              """),
          new Check(
              2,
              """
              select c.checkout_id as key, 'is ' || c.status || ', and of its ' || c.amount_fen || ' fen '
                || sum(r.amount_fen) || ' are asked back' as description
              from refunds r join checkouts c using (checkout_id)
              where r.reason = 'REQUESTED' and r.status not in ('FAILED', 'ABANDONED')
              group by c.checkout_id
              having sum(r.amount_fen) > case c.status when 'PAID' then c.amount_fen else 0 end
              """),
          new Check(
              2,
              """
              select p.out_trade_no as key,
                'is over ' || p.amount_fen || ' fen, its checkout over ' || c.amount_fen as description
              from pay_orders p join checkouts c using (checkout_id) where p.amount_fen <> c.amount_fen
              """),
          new Check(
              2,
              """
              select r.out_trade_no as key, 'has ' || sum(r.amount_fen) || ' fen of refunds for '
                || coalesce(max(p.paid_fen), 0) || ' fen paid' as description
              from refunds r join pay_orders p using (out_trade_no) where r.status not in ('FAILED', 'ABANDONED')
              group by r.out_trade_no having sum(r.amount_fen) > coalesce(max(p.paid_fen), 0)
              """),
          new Check(
              2,
              """
              select p.out_trade_no as key, 'holds ' || p.refund_held_fen || ' fen for refunds of '
                || coalesce(sum(r.amount_fen), 0) as description
              from pay_orders p left join refunds r on r.out_trade_no = p.out_trade_no and r.status <> 'ABANDONED'
              group by p.out_trade_no having p.refund_held_fen <> coalesce(sum(r.amount_fen), 0)
              """),
          new Check(
              2,
              """
              select r.checkout_id || ' ' || r.order_no as key, 'has ' || sum(r.amount_fen)
                || ' fen of refunds for an order over ' || o.amount_fen as description
              from refunds r join orders o using (checkout_id, order_no) where r.status <> 'ABANDONED'
              group by r.checkout_id, r.order_no, o.amount_fen having sum(r.amount_fen) > o.amount_fen
              """),
          new Check(
              2,
              """
              select r.out_refund_no as key, 'was asked for, of ' || r.out_trade_no || ', which is '
                || coalesce(p.settlement, p.status) as description
              from refunds r join pay_orders p using (out_trade_no)
              where r.reason = 'REQUESTED' and p.settlement is distinct from 'SETTLED'
              """),
          new Check(
              2,
              """
              select r.out_refund_no as key, 'was given up, and its event is missing' as description
              from refunds r where r.status = 'ABANDONED'
                and not exists (select 1 from events e where e.event_id = 'evt_refund_failed_' || r.out_refund_no)
              """),
          new Check(
              2,
              """
              select r.out_refund_no as key, 'has gone back, and its event is missing' as description
              from refunds r where r.status = 'SUCCEEDED'
                and not exists (select 1 from events e where e.event_id = 'evt_refunded_' || r.out_refund_no)
              """),
          new Check(
              3,
              """
              select s.checkout_id || ' ' || s.sku as key, 'is ' || s.status || ' for a checkout that is ' || c.status
                as description
              from stock_reservations s join checkouts c using (checkout_id)
              where s.status <> case c.status when 'PAID' then 'COMMITTED' when 'CLOSED' then 'RELEASED' else 'RESERVED' end
              """),
          new Check(
              3,
              """
              select k.merchant || ' ' || k.sku as key, 'has ' || k.reserved || ' reserved and ' || k.sold
                || ' sold, its reservations say ' || coalesce(sum(s.quantity) filter (where s.status = 'RESERVED'), 0)
                || ' and ' || coalesce(sum(s.quantity - s.returned) filter (where s.status = 'COMMITTED'), 0)
                as description
              from stock k
              left join (select r.*, c.merchant from stock_reservations r join checkouts c using (checkout_id)) s
                on s.merchant = k.merchant and s.sku = k.sku
              group by k.merchant, k.sku, k.reserved, k.sold
              having k.reserved <> coalesce(sum(s.quantity) filter (where s.status = 'RESERVED'), 0)
                or k.sold <> coalesce(sum(s.quantity - s.returned) filter (where s.status = 'COMMITTED'), 0)
              """),
          new Check(
              3,
              """
              select s.checkout_id || ' ' || s.sku as key, 'has ' || s.returned || ' given back, its refunds say '
                || coalesce(sum(r.quantity), 0) as description
              from stock_reservations s left join (select q.checkout_id, i.sku, i.quantity
                from refunds q cross join jsonb_to_recordset(q.items) as i (sku text, quantity bigint)
                where q.status = 'SUCCEEDED' and q.return_stock) r using (checkout_id, sku)
              group by s.checkout_id, s.sku, s.returned having s.returned <> coalesce(sum(r.quantity), 0)
              """),
          new Check(
              3,
              """
              select v.checkout_id || ' ' || v.voucher_no as key, 'is ' || v.status || ' for a checkout that is ' || c.status
                || case when r.asked then ', with a refund that has given it back' else '' end as description
              from voucher_uses v join checkouts c using (checkout_id)
              cross join lateral (select exists (select 1 from refunds r where r.checkout_id = v.checkout_id
                and r.status = 'SUCCEEDED' and r.return_voucher) as asked) r
              where v.status <> case when c.status = 'CLOSED' then 'RELEASED' when c.status <> 'PAID' then 'HELD'
                when r.asked then 'RETURNED' else 'REDEEMED' end
              """),
          new Check(
              4,
              """
              select coalesce(v.checkout_id || ' ' || v.voucher_no, l.business_key) as key, 'took ' || coalesce(v.fen, 0)
                || ' fen off an order, the ledger says ' || coalesce(l.fen, 0) as description
              from (select u.*, case u.status when 'RETURNED' then 0 else u.discount_fen end as fen
                from voucher_uses u where u.status in ('REDEEMED', 'RETURNED')) v
              full join (select p.merchant, p.detail ->> 'checkout_id' as checkout_id, min(p.business_key) as business_key,
                  sum(e.debit_fen - e.credit_fen) as fen
                from ledger_postings p join ledger_entries e using (posting) join ledger_accounts a using (account)
                where p.kind in ('VOUCHER_REDEEMED', 'VOUCHER_RETURNED') and a.kind = 'VOUCHER' group by 1, 2) l
                using (merchant, checkout_id)
              where coalesce(v.fen, 0) <> coalesce(l.fen, 0) or v.checkout_id is null
              """),
          new Check(
              4,
              """
              select p.merchant || ' ' || p.business_key as key, 'has ' || count(e.*) || ' of ' || p.lines
                || ' lines, debits ' || coalesce(sum(e.debit_fen), 0) || ', credits ' || coalesce(sum(e.credit_fen), 0)
                || case when bool_or(a.merchant <> p.merchant) then ', and an account of another merchant' else '' end
                as description
              from ledger_postings p left join ledger_entries e using (posting) left join ledger_accounts a using (account)
              group by p.posting
              having count(e.*) <> p.lines or count(e.*) < 2 or sum(e.debit_fen) is distinct from sum(e.credit_fen)
                or bool_or(a.merchant <> p.merchant)
              """),
          new Check(
              4,
              """
              select a.merchant || ' ' || a.owner as key, 'has ' || coalesce(w.balance_fen::text, 'no wallet, not')
                || ' fen in the wallet, its postings say ' || coalesce(sum(e.credit_fen - e.debit_fen), 0) as description
              from ledger_accounts a left join wallets w using (account) left join ledger_entries e using (account)
              where a.kind = 'WALLET'
              group by a.account, w.balance_fen
              having w.balance_fen is distinct from coalesce(sum(e.credit_fen - e.debit_fen), 0) or w.balance_fen < 0
              """),
          new Check(
              4,
              """
              select w.merchant || ' ' || w.buyer_id as key, 'has the account of ' || a.merchant || ' ' || a.kind || ' '
                || a.owner as description
              from wallets w join ledger_accounts a using (account)
              where (a.merchant, a.kind, a.owner) <> (w.merchant, 'WALLET', w.buyer_id)
              """),
          new Check(
              4,
              """
              select coalesce(p.out_trade_no, l.business_key) as key, 'counts ' || coalesce(p.paid_fen, 0)
                || ' fen paid from the wallet, the ledger ' || coalesce(l.fen, 0) as description
              from (select p.*, c.merchant from pay_orders p join checkouts c using (checkout_id)
                where p.channel = 3 and p.status = 'SUCCEEDED') p
              full join (select p.merchant, p.business_key, sum(e.debit_fen) as fen
                from ledger_postings p join ledger_entries e using (posting) join ledger_accounts a using (account)
                where p.kind = 'WALLET_PAYMENT' and a.kind = 'WALLET' group by p.posting) l
                on l.merchant = p.merchant and l.business_key = 'wallet-payment:' || p.out_trade_no
              where p.paid_fen is distinct from l.fen
              """),
          new Check(
              4,
              """
              select coalesce(r.out_refund_no, l.business_key) as key, 'counts ' || coalesce(r.amount_fen, 0)
                || ' fen gone back to the wallet, the ledger ' || coalesce(l.fen, 0) as description
              from (select r.out_refund_no, r.amount_fen, c.merchant from refunds r join checkouts c using (checkout_id)
                where r.channel = 3 and r.status = 'SUCCEEDED') r
              full join (select p.merchant, p.business_key, p.posted_at, sum(e.credit_fen) as fen
                from ledger_postings p join ledger_entries e using (posting) join ledger_accounts a using (account)
                where p.kind = 'WALLET_REFUND' and a.kind = 'WALLET' group by p.posting) l
                on l.merchant = r.merchant and l.business_key = 'refund:' || r.out_refund_no
              where r.amount_fen is distinct from l.fen and (l.posted_at is null or r.out_refund_no is not null
                or l.posted_at < :before)
              """),
          new Check(
              4,
              """
              select t.out_trade_no as key, 'has ' || t.refunded_fen || ' fen gone back to the wallet, the ledger '
                || coalesce(sum(e.credit_fen), 0) as description
              from wallet_trades t left join (select p.detail ->> 'out_trade_no' as out_trade_no, e.credit_fen
                from ledger_postings p join ledger_entries e using (posting) join ledger_accounts a using (account)
                where p.kind = 'WALLET_REFUND' and a.kind = 'WALLET') e using (out_trade_no)
              group by t.out_trade_no having t.refunded_fen <> coalesce(sum(e.credit_fen), 0)
              """),
          new Check(
              4,
              """
              select p.out_trade_no as key, 'has filled a wallet from a wallet' as description
              from pay_orders p join checkouts c using (checkout_id)
              where c.purpose = 'WALLET_TOP_UP' and p.channel = 3 and p.status = 'SUCCEEDED'
              """),
          new Check(
              4,
              """
              select coalesce(w.withdrawal_no, l.no) as key, 'is ' || coalesce(w.status, 'unknown') || ' over '
                || coalesce(w.amount_fen, 0) || ' fen, the ledger holds ' || coalesce(l.held, 0) || ', paid ' || coalesce(l.paid, 0)
                || ', put back ' || coalesce(l.back, 0) as description
              from withdrawals w full join (
                select p.merchant, split_part(p.business_key, ':', 2) as no,
                  coalesce(sum(e.credit_fen - e.debit_fen) filter (where a.kind = 'PAYOUT'), 0) as held,
                  coalesce(sum(e.credit_fen - e.debit_fen) filter (where a.kind = 'CHANNEL'), 0) as paid,
                  coalesce(sum(e.credit_fen) filter (where a.kind = 'WALLET'), 0) as back
                from ledger_postings p join ledger_entries e using (posting) join ledger_accounts a using (account)
                where p.kind in ('WITHDRAWAL_HOLD', 'WITHDRAWAL', 'WITHDRAWAL_RELEASE', 'WITHDRAWAL_RETURNED')
                group by p.merchant, split_part(p.business_key, ':', 2)) l on l.merchant = w.merchant and l.no = w.withdrawal_no
              where w.withdrawal_no is null or l.no is null
                or l.held <> case when w.status in ('HELD', 'PROCESSING', 'AWAITING_BUYER') then w.amount_fen else 0 end
                or l.paid <> case w.status when 'SUCCEEDED' then w.amount_fen else 0 end
                or l.back <> case when w.status in ('FAILED', 'RETURNED') then w.amount_fen else 0 end
              """),
          new Check(
              4,
              """
              select coalesce(a.merchant, w.merchant) as key, 'holds ' || coalesce(a.fen, 0)
                || ' fen for payouts, its withdrawals under way are over ' || coalesce(w.fen, 0) as description
              from (select a.merchant, sum(e.credit_fen - e.debit_fen) as fen from ledger_accounts a join ledger_entries e using (account)
                where a.kind = 'PAYOUT' group by a.merchant) a
              full join (select merchant, sum(amount_fen) as fen from withdrawals
                where status in ('HELD', 'PROCESSING', 'AWAITING_BUYER') group by merchant) w on w.merchant = a.merchant
              where coalesce(a.fen, 0) <> coalesce(w.fen, 0)
              """),
          new Check(
              1,
              """
              select e.event_id as key, 'is not delivered: ' || coalesce(e.last_error, 'never tried') as description
              from events e join withdrawals w using (withdrawal_no)
              where e.delivered_at is null and not e.withheld and e.created_at < :before and w.attention is null
              """),
          new Check(
              2,
              """
              select w.withdrawal_no as key, 'is ' || w.status || ', and its event is missing' as description
              from withdrawals w where w.status in ('SUCCEEDED', 'FAILED', 'RETURNED') and not exists (
                select 1 from events e where e.withdrawal_no = w.withdrawal_no and e.type = 'WITHDRAWAL_' || w.status)
              """),
          new Check(
              2,
              """
              select w.withdrawal_no as key, 'was put back, and the channel says that it is paid' as description
              from withdrawals w where w.status = 'FAILED' and exists (select 1 from notify_log n
                where n.withdrawal_no = w.withdrawal_no and n.merchant = w.merchant and n.channel = w.channel
                  and n.verdict = 'VERIFIED' and n.payout_state = 'SUCCEEDED')
              """),
          new Check(
              9,
              """
              select w.withdrawal_no as key, 'is ' || w.status || ' since ' || w.updated_at as description
              from withdrawals w
              where w.attention is null and (w.status = 'HELD' and w.updated_at + interval '20 min' < :before
                or w.status = 'AWAITING_BUYER' and w.updated_at + interval '2 days' < :before
                or w.status = 'PROCESSING' and w.updated_at + interval '7 days' < :before)
              """),
          new Check(
              5,
              """
              select 'notify ' || n.id as key,
                'was acknowledged ' || n.received_at || ', and neither a checkout nor the relay has it' as description
              from notify_log n
              where n.verdict = 'VERIFIED' and n.applied_at is null and n.relayed_at is null
                and n.trade_state = 'PAID' and n.received_at < :before
                and not exists (select 1 from pay_orders p where p.out_trade_no = n.out_trade_no and p.status = 'SUCCEEDED')
              """),
          new Check(
              6,
              """
              select 'notify ' || n.id as key, 'was applied with the verdict ' || n.verdict as description
              from notify_log n where n.applied_at is not null and n.verdict <> 'VERIFIED'
              """),
          new Check(
              6,
              """
              select p.out_trade_no as key, 'counts ' || p.paid_fen || ' fen paid of ' || p.amount_fen as description
              from pay_orders p where p.paid_fen <> p.amount_fen
              """),
          new Check(
              7,
              """
              select min(c.checkout_id) as key, 'shares its order number with ' || count(*) - 1 || ' others' as description
              from checkouts c group by c.merchant, c.merchant_order_no having count(*) > 1
              """),
          new Check(
              8,
              """
              select c.checkout_id as key, 'should have been closed at ' || c.deadline as description
              from checkouts c where c.status = 'AWAITING_PAYMENT' and c.deadline < :before and c.attention is null
              """),
          new Check(
              8,
              """
              select p.out_trade_no as key, 'settled its checkout after the deadline' as description
              from pay_orders p join checkouts c using (checkout_id)
              where p.settlement = 'SETTLED' and p.paid_at > c.deadline
              """),
          new Check(
              8,
              """
              select p.out_trade_no as key, 'is ' || p.settlement || ' and is not on its way back' as description
              from pay_orders p
              where p.settlement in ('LATE', 'DUPLICATE') and p.updated_at < :before
                and not exists (select 1 from refunds r where r.out_trade_no = p.out_trade_no)
              """),
          new Check(
              8,
              """
              select p.checkout_id as key, 'can be paid by ' || count(*) || ' pay orders at once' as description
              from pay_orders p where p.status = 'PAYING' group by p.checkout_id having count(*) > 1
              """),
          new Check(
              9,
              """
              select p.out_trade_no as key, 'is still PAYING for a checkout that is ' || c.status as description
              from pay_orders p join checkouts c using (checkout_id)
              where p.status = 'PAYING' and c.status <> 'AWAITING_PAYMENT' and c.updated_at < :before
                and c.attention is null
              """),
          new Check(
              9,
              """
              select r.out_refund_no as key, 'has had no definite answer since ' || r.updated_at as description
              from refunds r join checkouts c using (checkout_id)
              where r.status = 'PROCESSING' and greatest(r.updated_at, r.slot_at) < :before and c.attention is null
                and not exists (select 1 from timeline t where t.checkout_id = r.checkout_id and t.kind = 'QUERY'
                  and t.data ->> 'out_refund_no' = r.out_refund_no and t.at + interval '61 min' >= :before)
              """));

  private final Jdbi jdbi;
  private final Clock clock;
  private final Duration grace;

  /**
   * @param grace how old an unfinished step must be to count as stuck, usually {@link #GRACE}
   */
  public Audit(Jdbi jdbi, Clock clock, Duration grace) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.grace = grace;
  }

  /** All that breaks a law now; empty if nothing does. */
  public List<AuditFinding> run() {
    Instant before = clock.instant().minus(grace);
    List<AuditFinding> findings = new ArrayList<>();
    jdbi.useTransaction(
        handle -> {
          // The pool's limit is for payments; an audit reads all of the books.
          handle.execute("set local statement_timeout = '10min'");
          for (Check check : Iterables.concat(CHECKS, ChannelMoneyChecks.ALL)) {
            handle
                .createQuery(check.sql())
                .configure(
                    SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                .bind("before", before)
                .map(
                    (row, context) ->
                        new AuditFinding(
                            check.law(), row.getString("key"), row.getString("description")))
                .forEach(findings::add);
          }
        });
    return findings;
  }
}
