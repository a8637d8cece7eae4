-- Wallets are filled by checkouts as well, and paid out again.

alter table checkouts add column purpose text not null default 'SALE' check (purpose in ('SALE', 'WALLET_TOP_UP'));

-- Money of a wallet on its way to its owner. Who is paid is personal: it is kept as long as the payout may have to be
-- sent again, and no longer; payee_shown is what people may see of it.
create table withdrawals (
  withdrawal_no           text primary key,
  merchant                text not null,
  merchant_withdrawal_no  text not null,
  buyer_id                text not null,
  request_id              text not null,
  fingerprint             text not null,
  channel                 smallint not null check (channel in (1, 2)),
  amount_fen              bigint not null check (amount_fen > 0),
  remark                  text not null,
  payee_kind              text not null check (payee_kind in
    ('ALIPAY_USER_ID', 'ALIPAY_OPEN_ID', 'ALIPAY_LOGON_ID', 'WECHAT_OPENID')),
  payee_shown             text not null,
  payee_account           text,
  payee_name              text,
  status                  text not null check (status in
    ('HELD', 'PROCESSING', 'AWAITING_BUYER', 'SUCCEEDED', 'RETURNED', 'FAILED')),
  attention               text check (attention in ('PAYOUT_STOPPED', 'CHANNEL_UNREACHABLE', 'EVENT_UNDELIVERED')),
  attention_detail        text,
  payout_no               text,
  fee_fen                 bigint check (fee_fen >= 0),
  paid_at                 timestamptz,
  returned_at             timestamptz,
  refusal_code            text,
  refusal_channel_code    text,
  refusal_message         text,
  created_at              timestamptz not null,
  updated_at              timestamptz not null,
  unique (merchant, merchant_withdrawal_no),
  check ((status in ('HELD', 'PROCESSING', 'AWAITING_BUYER')) = (payee_account is not null)),
  check (payee_account is not null or payee_name is null),
  check ((status in ('SUCCEEDED', 'RETURNED')) = (paid_at is not null)),
  check ((status = 'RETURNED') = (returned_at is not null)),
  check (status <> 'FAILED' or refusal_code is not null)
);
create index withdrawals_of_buyer on withdrawals (merchant, buyer_id, created_at);
create index withdrawals_held on withdrawals (updated_at) where status in ('HELD', 'PROCESSING', 'AWAITING_BUYER');

alter table events
  drop constraint events_type_check,
  drop constraint events_check,
  add column withdrawal_no text references withdrawals,
  add constraint events_type_check check (type in ('CHECKOUT_PAID', 'CHECKOUT_CLOSED', 'PAYMENT_REFUNDED', 'REFUND_FAILED',
    'SERVICE_ORDER_CONFIRMED', 'SERVICE_ORDER_SETTLED', 'SERVICE_ORDER_CANCELLED', 'SERVICE_ORDER_EXPIRED',
    'WITHDRAWAL_SUCCEEDED', 'WITHDRAWAL_FAILED', 'WITHDRAWAL_RETURNED')),
  add constraint events_check check (num_nonnulls(checkout_id, service_order_id, withdrawal_no) = 1);
create index events_withdrawal on events (withdrawal_no) where withdrawal_no is not null;

alter table timeline
  drop constraint timeline_check,
  add column withdrawal_no text,
  add constraint timeline_check check (num_nonnulls(checkout_id, service_order_id, withdrawal_no) = 1);
create index timeline_withdrawal on timeline (withdrawal_no) where withdrawal_no is not null;
