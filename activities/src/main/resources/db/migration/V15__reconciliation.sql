-- Reconciliation: what channels say of a day, beside what the books say of it, and how they differ. A bill_day is a day in
-- Asia/Shanghai, as bills have it, and no point in time.

create table reconciliations (
  merchant             text not null,
  channel              smallint not null,
  bill_day             date not null,
  status               text not null check (status in ('DOWNLOADING', 'MATCHED', 'OPEN', 'SETTLED')),
  bill_sha1            text,
  bill_lines           bigint not null default 0 check (bill_lines >= 0),
  bill_payments        bigint not null default 0 check (bill_payments >= 0),
  bill_refunds         bigint not null default 0 check (bill_refunds >= 0),
  matched_lines        bigint not null default 0 check (matched_lines >= 0),
  matched_fen          bigint not null default 0 check (matched_fen >= 0),
  bill_payments_fen    bigint not null default 0 check (bill_payments_fen >= 0),
  order_payments_fen   bigint not null default 0 check (order_payments_fen >= 0),
  ledger_payments_fen  bigint not null default 0 check (ledger_payments_fen >= 0),
  bill_refunds_fen     bigint not null default 0 check (bill_refunds_fen >= 0),
  order_refunds_fen    bigint not null default 0 check (order_refunds_fen >= 0),
  ledger_refunds_fen   bigint not null default 0 check (ledger_refunds_fen >= 0),
  fee_fen              bigint not null default 0 check (fee_fen >= 0),
  fee_back_fen         bigint not null default 0 check (fee_back_fen >= 0),
  voucher_fen          bigint not null default 0 check (voucher_fen >= 0),
  voucher_back_fen     bigint not null default 0 check (voucher_back_fen >= 0),
  started_at           timestamptz not null,
  staged_at            timestamptz,
  matched_at           timestamptz,
  settled_at           timestamptz,
  primary key (merchant, channel, bill_day)
);

-- The bill as it came. Its lines go after some months; what was found out stays.
create table bill_lines (
  merchant          text not null,
  channel           smallint not null,
  bill_day          date not null,
  line_no           bigint not null,
  kind              text not null check (kind in ('PAYMENT', 'REFUND')),
  number            text not null,
  out_trade_no      text not null,
  trade_no          text not null,
  amount_fen        bigint not null check (amount_fen >= 0),
  fee_fen           bigint not null check (fee_fen >= 0),
  fee_back_fen      bigint not null check (fee_back_fen >= 0),
  voucher_fen       bigint not null check (voucher_fen >= 0),
  voucher_back_fen  bigint not null check (voucher_back_fen >= 0),
  at                timestamptz not null,
  channel_word      text not null,
  progress          text not null check (progress in ('DONE', 'UNDER_WAY', 'FAILED')),
  primary key (merchant, channel, bill_day, line_no)
);
create index bill_lines_number on bill_lines (merchant, channel, kind, number);

create table reconciliation_items (
  item         bigint generated always as identity primary key,
  merchant     text not null,
  channel      smallint not null,
  bill_day     date not null,
  kind         text not null check (kind in ('PAYMENT', 'REFUND', 'FEE', 'VOUCHER')),
  number       text not null,
  difference   text not null check (difference in ('MISSING_HERE', 'MISSING_THERE', 'AMOUNT_DIFFERS', 'STATE_DIFFERS',
    'LEDGER_DIFFERS', 'FEE_DIFFERS', 'DUPLICATE', 'LATE')),
  state        text not null check (state in ('OPEN', 'LATE_POOL', 'REPAIRED', 'EXPLAINED', 'CLOSED_BY_PERSON')),
  checkout_id  text,
  trade_no     text,
  our_fen      bigint check (our_fen >= 0),
  their_fen    bigint check (their_fen >= 0),
  detail       text not null,
  said         text,
  found_at     timestamptz not null,
  updated_at   timestamptz not null,
  ended_at     timestamptz,
  foreign key (merchant, channel, bill_day) references reconciliations,
  -- The same number can differ in the bills of two days, and each of them has to add up.
  unique (merchant, channel, kind, number, difference, bill_day),
  check ((state in ('OPEN', 'LATE_POOL')) = (ended_at is null)),
  check (our_fen is not null or their_fen is not null)
);
create index reconciliation_items_day on reconciliation_items (merchant, channel, bill_day, item);
create index reconciliation_items_unfinished on reconciliation_items (merchant, channel) where ended_at is null;
create index reconciliation_items_checkout on reconciliation_items (checkout_id) where checkout_id is not null;

-- What the books have of a day.
create index pay_orders_paid on pay_orders (channel, paid_at) where paid_at is not null;
create index refunds_refunded on refunds (channel, refunded_at) where refunded_at is not null;
create index service_orders_paid on service_orders (merchant, paid_at) where paid_at is not null;

alter table checkouts drop constraint checkouts_attention_check;
alter table checkouts add constraint checkouts_attention_check check (attention in ('AMOUNT_MISMATCH', 'CHANNEL_UNREACHABLE',
  'REFUND_FAILED', 'EVENT_UNDELIVERED', 'REFUND_SLOW', 'BILL_DIFFERS'));
alter table service_orders drop constraint service_orders_attention_check;
alter table service_orders add constraint service_orders_attention_check check (attention in ('AMOUNT_MISMATCH',
  'CHANNEL_UNREACHABLE', 'REFUND_FAILED', 'EVENT_UNDELIVERED', 'REFUND_SLOW', 'BILL_DIFFERS'));
