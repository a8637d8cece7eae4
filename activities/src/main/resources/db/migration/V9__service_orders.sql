-- Service orders of WeChat PayScore. Events, the timeline and the notify log are about a checkout or about one of these.

create table service_orders (
  service_order_id      text primary key,
  merchant              text not null,
  merchant_order_no     text not null,
  out_order_no          text not null unique,
  request_id            text not null,
  fingerprint           text not null,
  idempotency_key       text,
  introduction          text not null,
  risk_fund_name        text not null check (risk_fund_name in ('DEPOSIT', 'ADVANCE', 'CASH_DEPOSIT', 'ESTIMATE_ORDER_COST')),
  risk_fund_fen         bigint not null check (risk_fund_fen > 0),
  buyer_id              text not null,
  metadata              jsonb not null,
  status                text not null check (status in
    ('CREATED', 'CONFIRMED', 'COMPLETED', 'SETTLED', 'CANCELLED', 'EXPIRED', 'REFUSED')),
  attention             text check (attention in
    ('AMOUNT_MISMATCH', 'CHANNEL_UNREACHABLE', 'REFUND_FAILED', 'EVENT_UNDELIVERED')),
  attention_detail      text,
  wechat_order_id       text,
  started_at            timestamptz,
  ended_at              timestamptz,
  bill                  jsonb,
  total_fen             bigint check (total_fen >= 0),
  transaction_id        text unique,
  paid_fen              bigint check (paid_fen >= 0),
  paid_at               timestamptz,
  refusal_code          text,
  refusal_channel_code  text,
  refusal_message       text,
  created_at            timestamptz not null,
  updated_at            timestamptz not null,
  unique (merchant, merchant_order_no),
  unique (merchant, idempotency_key),
  check ((bill is null) = (total_fen is null)),
  check ((status = 'REFUSED') = (refusal_code is not null)),
  check (status = 'SETTLED' or paid_fen is null)
);

alter table events
  drop constraint events_type_check,
  alter column checkout_id drop not null,
  add column service_order_id text references service_orders,
  add constraint events_type_check check (type in ('CHECKOUT_PAID', 'CHECKOUT_CLOSED', 'PAYMENT_REFUNDED',
    'SERVICE_ORDER_CONFIRMED', 'SERVICE_ORDER_SETTLED', 'SERVICE_ORDER_CANCELLED', 'SERVICE_ORDER_EXPIRED')),
  add check (num_nonnulls(checkout_id, service_order_id) = 1);
create index events_service_order on events (service_order_id);

alter table timeline
  alter column checkout_id drop not null,
  add column service_order_id text,
  add check (num_nonnulls(checkout_id, service_order_id) = 1);
create index timeline_service_order on timeline (service_order_id);

alter table notify_log
  drop constraint notify_log_check1,
  add column service_order_id text,
  add column service_order jsonb,
  add check (verdict <> 'VERIFIED' or (notify_id is not null
    and (service_order is not null or (out_trade_no is not null and trade_state is not null))));
create unique index notify_log_service_order_once
  on notify_log (merchant, channel, notify_id) where verdict = 'VERIFIED' and service_order is not null;
create index notify_log_service_order on notify_log (service_order_id);
