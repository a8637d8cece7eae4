-- What a workflow has to be rebuilt from, where the books did not have it yet, and the ways to find what is open.

-- The times that govern the checkout. Older rows have none: the defaults then stand for them.
alter table checkouts add column policy jsonb;

-- Since when nobody has to look again at a pay order that is CLOSED here: the channel can take no money for it any more.
alter table pay_orders
  add column dead_at timestamptz,
  add check (dead_at is null or status <> 'PAYING');
update pay_orders p set dead_at = p.updated_at
  from checkouts c
  where c.checkout_id = p.checkout_id and p.status = 'CLOSED' and c.status <> 'AWAITING_PAYMENT' and c.attention is null
    and p.time_expire < now() - interval '1 hour';

-- An event of a merchant who asks instead of being told: nobody has to deliver it. What old workers have withheld, new ones
-- find once, and withhold.
alter table events add column withheld boolean not null default false;
update events set withheld = true where delivered_at is null and last_error = 'no endpoint configured';

-- A notify whose payment is booked already, whoever told of it first.
update notify_log n set applied_at = n.relayed_at from pay_orders p
  where p.out_trade_no = n.out_trade_no and p.status = 'SUCCEEDED' and p.paid_fen = n.amount_fen
    and n.verdict = 'VERIFIED' and n.trade_state = 'PAID' and n.applied_at is null and n.relayed_at is not null;

-- Each of these holds what is open, and stays as small as that.
create index checkouts_open on checkouts (checkout_id) where status = 'AWAITING_PAYMENT';
create index pay_orders_open on pay_orders (checkout_id) where status in ('PAYING', 'CLOSED') and dead_at is null;
create index pay_orders_stray on pay_orders (out_trade_no) where settlement in ('LATE', 'DUPLICATE');
create index refunds_open on refunds (out_refund_no) where status in ('PROCESSING', 'FAILED');
create index events_open on events (checkout_id, type) where delivered_at is null and not withheld;
create index service_orders_open on service_orders (service_order_id)
  where status in ('CREATED', 'CONFIRMED', 'COMPLETED');
create index events_service_orders_open on events (service_order_id) where delivered_at is null and not withheld;
create index notify_log_unapplied on notify_log (out_trade_no)
  where verdict = 'VERIFIED' and applied_at is null and trade_state = 'PAID';
