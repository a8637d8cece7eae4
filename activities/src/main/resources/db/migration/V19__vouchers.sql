-- Vouchers that a merchant keeps here: each takes so much off one order, at most.

create table vouchers (
  merchant     text not null,
  voucher_no   text not null,
  worth_fen    bigint not null check (worth_fen > 0),
  buyer_id     text,
  expires_at  timestamptz,
  primary key (merchant, voucher_no)
);

create table voucher_uses (
  checkout_id   text primary key references checkouts,
  merchant      text not null,
  voucher_no    text not null,
  discount_fen  bigint not null check (discount_fen > 0),
  status        text not null check (status in ('HELD', 'REDEEMED', 'RELEASED', 'RETURNED')),
  foreign key (merchant, voucher_no) references vouchers
);
-- A voucher pays for one order: the law as an index.
create unique index voucher_uses_once on voucher_uses (merchant, voucher_no) where status in ('HELD', 'REDEEMED');

alter table refunds
  add column return_voucher boolean not null default false;

-- Not valid: the old list is part of the new one, so nothing has to be scanned while payments wait.
alter table ledger_postings
  drop constraint ledger_postings_kind_check,
  add constraint ledger_postings_kind_check check (kind in ('WALLET_PAYMENT', 'WALLET_REFUND', 'TOP_UP', 'PAYMENT', 'REFUND', 'FEE',
    'VOUCHER', 'VOUCHER_REDEEMED', 'VOUCHER_RETURNED', 'WITHDRAWAL_HOLD', 'WITHDRAWAL', 'WITHDRAWAL_RELEASE',
    'WITHDRAWAL_RETURNED')) not valid;
