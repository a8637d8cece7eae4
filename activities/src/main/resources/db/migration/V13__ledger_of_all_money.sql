-- All money that moves is in the ledger: what channels collect and send back, keep as fees, and pay out.

alter table ledger_accounts drop constraint ledger_accounts_kind_check;
alter table ledger_accounts add constraint ledger_accounts_kind_check
  check (kind in ('WALLET', 'CHANNEL', 'SALES', 'SUSPENSE', 'FEE', 'VOUCHER', 'PAYOUT'));

alter table ledger_postings drop constraint ledger_postings_kind_check;
alter table ledger_postings add constraint ledger_postings_kind_check
  check (kind in ('WALLET_PAYMENT', 'WALLET_REFUND', 'TOP_UP', 'PAYMENT', 'REFUND', 'FEE', 'VOUCHER',
    'WITHDRAWAL_HOLD', 'WITHDRAWAL', 'WITHDRAWAL_RELEASE', 'WITHDRAWAL_RETURNED'));

-- What was collected and sent back before there were postings for it, under the keys and with the contents that the
-- workers give: whoever posts one of these again finds it. It stands at the time at which it came into the books.
create temporary table moved on commit drop as
  select c.merchant, 'payment:' || p.out_trade_no as business_key, 'PAYMENT' as kind, p.updated_at as posted_at,
    jsonb_build_object('checkout_id', c.checkout_id, 'out_trade_no', p.out_trade_no) as detail, p.paid_fen as fen,
    'CHANNEL' as debit_kind, case p.channel when 1 then 'ALIPAY' else 'WECHAT_PAY' end as debit_owner,
    case p.settlement when 'SETTLED' then 'SALES' else 'SUSPENSE' end as credit_kind, '' as credit_owner
  from pay_orders p join checkouts c using (checkout_id)
  where p.status = 'SUCCEEDED' and p.channel in (1, 2)
  union all
  select c.merchant, 'refund:' || r.out_refund_no, 'REFUND', r.updated_at,
    jsonb_build_object('checkout_id', c.checkout_id, 'out_trade_no', r.out_trade_no, 'out_refund_no', r.out_refund_no),
    r.amount_fen, 'SUSPENSE', '', 'CHANNEL', case r.channel when 1 then 'ALIPAY' else 'WECHAT_PAY' end
  from refunds r join checkouts c using (checkout_id)
  where r.status = 'SUCCEEDED' and r.channel in (1, 2) and r.reason in ('LATE', 'DUPLICATE')
  union all
  select s.merchant, 'service-order:' || s.out_order_no, 'PAYMENT', s.updated_at,
    jsonb_build_object('service_order_id', s.service_order_id, 'out_order_no', s.out_order_no), s.paid_fen,
    'CHANNEL', 'WECHAT_PAY', 'SALES', ''
  from service_orders s
  where s.status = 'SETTLED' and s.paid_fen > 0;

insert into ledger_accounts (merchant, kind, owner, created_at)
  select merchant, kind, owner, now() from (
    select merchant, debit_kind as kind, debit_owner as owner from moved
    union select merchant, credit_kind, credit_owner from moved) named
  order by merchant, kind, owner
  on conflict (merchant, kind, owner) do nothing;

with posted as (
  insert into ledger_postings (merchant, business_key, kind, lines, posted_at, detail)
  select merchant, business_key, kind, 2, posted_at, detail from moved order by posted_at, business_key
  on conflict (merchant, business_key) do nothing
  returning posting, merchant, business_key)
insert into ledger_entries (posting, line, account, debit_fen, credit_fen)
  select p.posting, l.line, a.account, l.debit_fen, l.credit_fen
  from posted p join moved m using (merchant, business_key)
  cross join lateral (values (1, m.debit_kind, m.debit_owner, m.fen, 0::bigint), (2, m.credit_kind, m.credit_owner, 0, m.fen))
    as l (line, kind, owner, debit_fen, credit_fen)
  join ledger_accounts a on a.merchant = m.merchant and a.kind = l.kind and a.owner = l.owner;

-- Now and not at commit: no table with unchecked postings can be altered, and what does not balance has its name here.
set constraints all immediate;

-- A statement is read by time: over a million entries, each of its pages takes 100 ms without this, and 8 ms with it.
create index ledger_postings_time on ledger_postings (merchant, posted_at, posting);
