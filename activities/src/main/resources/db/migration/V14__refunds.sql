-- Refunds that a merchant asks for. What goes back of a payment is held twice: by whoever has the row of its checkout
-- locked, and by the check on refund_held_fen, which moves in the same transaction (docs/adr/0016).

alter table checkouts drop constraint checkouts_attention_check;
alter table checkouts add constraint checkouts_attention_check check (attention in
  ('AMOUNT_MISMATCH', 'REFUND_FAILED', 'CHANNEL_UNREACHABLE', 'EVENT_UNDELIVERED', 'REFUND_SLOW'));
alter table service_orders drop constraint service_orders_attention_check;
alter table service_orders add constraint service_orders_attention_check check (attention in
  ('AMOUNT_MISMATCH', 'REFUND_FAILED', 'CHANNEL_UNREACHABLE', 'EVENT_UNDELIVERED', 'REFUND_SLOW'));

alter table events drop constraint events_type_check;
alter table events add constraint events_type_check check (type in ('CHECKOUT_PAID', 'CHECKOUT_CLOSED',
  'PAYMENT_REFUNDED', 'REFUND_FAILED',
  'SERVICE_ORDER_CONFIRMED', 'SERVICE_ORDER_SETTLED', 'SERVICE_ORDER_CANCELLED', 'SERVICE_ORDER_EXPIRED'));

-- asked_by: the merchant; note: why, in its own words. slot_at: when the channel may be asked for it.
alter table refunds
  drop constraint refunds_reason_check,
  add constraint refunds_reason_check check (reason in ('LATE', 'DUPLICATE', 'REQUESTED')),
  drop constraint refunds_status_check,
  add constraint refunds_status_check check (status in ('PROCESSING', 'SUCCEEDED', 'FAILED', 'ABANDONED')),
  add column asked_by text,
  add column refund_no text,
  add column request_id text,
  add column fingerprint text,
  add column note text,
  add column order_no text,
  add column items jsonb,
  add column return_stock boolean not null default false,
  add column slot_at timestamptz,
  add unique (asked_by, refund_no),
  add foreign key (checkout_id, order_no) references orders,
  add check ((reason = 'REQUESTED') = (refund_no is not null)),
  add check (num_nonnulls(asked_by, refund_no, request_id, fingerprint, note, items)
    = case reason when 'REQUESTED' then 6 else 0 end),
  add check (status <> 'ABANDONED' or reason = 'REQUESTED'),
  add check (not return_stock or items <> '[]');
create index refunds_payment on refunds (out_trade_no);

-- refund_held_fen: what has gone back, is on its way, or was refused and can be tried again.
alter table pay_orders
  add column refund_held_fen bigint not null default 0 check (refund_held_fen >= 0),
  add column next_refund_at timestamptz;
update pay_orders p set refund_held_fen = r.fen
from (select out_trade_no, sum(amount_fen) as fen from refunds group by out_trade_no) r
where r.out_trade_no = p.out_trade_no;
alter table pay_orders
  add constraint pay_orders_refunds_within_payment check (refund_held_fen <= coalesce(paid_fen, 0));

alter table stock_reservations
  add column returned bigint not null default 0,
  add check (returned between 0 and quantity),
  add check (status = 'COMMITTED' or returned = 0);

-- Notifies of refunds, under our number of the refund where the channel says it.
alter table notify_log
  add column out_refund_no text,
  add column refund_fen bigint check (refund_fen >= 0);
create index notify_log_refund on notify_log (out_refund_no) where out_refund_no is not null;
