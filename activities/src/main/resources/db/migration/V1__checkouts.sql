-- The books of a checkout. Money is integer fen; every promise of idempotency is a unique key.

create table checkouts (
  checkout_id        text primary key,
  merchant           text not null,
  merchant_order_no  text not null,
  request_id         text not null,
  fingerprint        text not null,
  idempotency_key    text,
  subject            text not null,
  amount_fen         bigint not null check (amount_fen > 0),
  buyer_id           text not null,
  return_url         text,
  metadata           jsonb not null,
  status             text not null check (status in ('AWAITING_PAYMENT', 'PAID', 'CLOSED')),
  close_reason       text check (close_reason in ('EXPIRED', 'CANCELLED')),
  attention          text check (attention in ('AMOUNT_MISMATCH', 'CHANNEL_UNREACHABLE', 'REFUND_FAILED', 'EVENT_UNDELIVERED')),
  attention_detail   text,
  deadline           timestamptz not null,
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  unique (merchant, merchant_order_no),
  unique (merchant, idempotency_key),
  check ((status = 'CLOSED') = (close_reason is not null))
);
create index checkouts_awaiting on checkouts (deadline) where status = 'AWAITING_PAYMENT';

create table orders (
  checkout_id  text not null references checkouts,
  order_no     text not null,
  amount_fen   bigint not null check (amount_fen > 0),
  items        jsonb not null,
  primary key (checkout_id, order_no)
);

create table pay_orders (
  out_trade_no          text primary key,
  checkout_id           text not null references checkouts,
  attempt               int not null check (attempt > 0),
  channel               smallint not null,
  method                text not null check (method in ('QR', 'PAGE')),
  amount_fen            bigint not null check (amount_fen > 0),
  subject               text not null,
  time_expire           timestamptz not null,
  return_url            text,
  status                text not null check (status in ('PAYING', 'SUCCEEDED', 'CLOSED', 'FAILED')),
  settlement            text check (settlement in ('SETTLED', 'LATE', 'DUPLICATE')),
  trade_no              text,
  paid_fen              bigint check (paid_fen > 0),
  paid_at               timestamptz,
  refusal_code          text,
  refusal_channel_code  text,
  refusal_message       text,
  created_at            timestamptz not null,
  updated_at            timestamptz not null,
  unique (checkout_id, attempt),
  unique (channel, trade_no),
  check ((status = 'SUCCEEDED') = (settlement is not null)),
  check ((status = 'SUCCEEDED') = (paid_fen is not null))
);
-- Paid once: the law as an index.
create unique index pay_orders_settled_once on pay_orders (checkout_id) where settlement = 'SETTLED';

create table refunds (
  out_refund_no         text primary key,
  out_trade_no          text not null references pay_orders,
  checkout_id           text not null references checkouts,
  channel               smallint not null,
  amount_fen            bigint not null check (amount_fen > 0),
  total_fen             bigint not null check (total_fen >= amount_fen),
  reason                text not null check (reason in ('LATE', 'DUPLICATE')),
  status                text not null check (status in ('PROCESSING', 'SUCCEEDED', 'FAILED')),
  refunded_at           timestamptz,
  refusal_code          text,
  refusal_channel_code  text,
  refusal_message       text,
  created_at            timestamptz not null,
  updated_at            timestamptz not null,
  check ((status = 'SUCCEEDED') = (refunded_at is not null))
);
create index refunds_checkout on refunds (checkout_id);

create table events (
  event_id      text primary key,
  merchant      text not null,
  type          text not null check (type in ('CHECKOUT_PAID', 'CHECKOUT_CLOSED', 'PAYMENT_REFUNDED')),
  checkout_id   text not null references checkouts,
  body          text not null,
  created_at    timestamptz not null,
  delivered_at  timestamptz,
  last_error    text
);
create index events_checkout on events (checkout_id);
create index events_undelivered on events (created_at) where delivered_at is null;

create table timeline (
  id            bigint generated always as identity primary key,
  checkout_id   text not null,
  at            timestamptz not null,
  kind          text not null,
  out_trade_no  text,
  detail        text not null,
  data          jsonb not null
);
create index timeline_checkout on timeline (checkout_id);
