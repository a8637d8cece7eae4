-- Every message on a notify URL, as it came. Only a verified one counts, and only it is unique: a forged message must not
-- stand in the way of a real one.

create table notify_log (
  id                bigint generated always as identity primary key,
  merchant          text not null,
  channel           smallint not null,
  verdict           text not null check (verdict in ('VERIFIED', 'BAD_SIGNATURE', 'FOREIGN_ACCOUNT', 'MALFORMED')),
  verdict_detail    text,
  notify_id         text,
  checkout_id       text,
  out_trade_no      text,
  trade_state       text,
  trade_no          text,
  amount_fen        bigint,
  paid_at           timestamptz,
  raw_body          bytea not null,
  headers           jsonb not null,
  received_at       timestamptz not null,
  last_received_at  timestamptz not null,
  deliveries        int not null default 1,
  applied_at        timestamptz,
  relayed_at        timestamptz,
  check (verdict = 'VERIFIED' or applied_at is null),
  check (verdict <> 'VERIFIED' or (notify_id is not null and out_trade_no is not null and trade_state is not null))
);
create unique index notify_log_once
  on notify_log (merchant, channel, notify_id, out_trade_no, trade_state) where verdict = 'VERIFIED';
create index notify_log_checkout on notify_log (checkout_id);
create index notify_log_waiting on notify_log (received_at)
  where verdict = 'VERIFIED' and applied_at is null and relayed_at is null;
