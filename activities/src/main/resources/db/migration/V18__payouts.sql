-- Which withdrawals a workflow has to look after though their money is held no more: those that were paid in the last days,
-- and those whose event nobody has acknowledged.

create index withdrawals_paid on withdrawals (paid_at, withdrawal_no) where status = 'SUCCEEDED';
create index events_withdrawals_open on events (withdrawal_no) where delivered_at is null and not withheld and withdrawal_no is not null;

-- Notifies of payouts, under our number as the message has it: it may be nobody's.
alter table notify_log
  drop constraint notify_log_check1,
  add column withdrawal_no text,
  add column payout_state text check (payout_state in ('NOT_CREATED', 'PROCESSING', 'AWAITING_BUYER', 'SUCCEEDED', 'NOT_NOW',
    'REFUSED', 'CANCELLED', 'RETURNED')),
  add check ((withdrawal_no is null) = (payout_state is null)),
  add check (verdict <> 'VERIFIED' or (notify_id is not null and (service_order is not null or withdrawal_no is not null
    or (out_trade_no is not null and trade_state is not null))));
create unique index notify_log_payout_once
  on notify_log (merchant, channel, notify_id) where verdict = 'VERIFIED' and withdrawal_no is not null;
create index notify_log_withdrawal on notify_log (withdrawal_no) where withdrawal_no is not null;

alter table withdrawals
  drop constraint withdrawals_attention_check,
  add constraint withdrawals_attention_check check (attention in
    ('PAYOUT_FORGOTTEN', 'PAYOUT_STOPPED', 'CHANNEL_UNREACHABLE', 'EVENT_UNDELIVERED'));
