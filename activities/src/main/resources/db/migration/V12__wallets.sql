-- Buyers' balances, and what was paid from them. A wallet is the one account that has its balance in a row: it is locked
-- before it is spent, and moves in the transaction of the posting that moves it.

create table wallets (
  merchant     text not null,
  buyer_id     text not null,
  account      bigint not null unique references ledger_accounts,
  balance_fen  bigint not null check (balance_fen >= 0),
  updated_at   timestamptz not null,
  primary key (merchant, buyer_id)
);

-- The wallet's side of a pay order: PAID by a posting, or CLOSED before anybody paid, which nothing undoes.
create table wallet_trades (
  out_trade_no  text primary key references pay_orders,
  state         text not null check (state in ('PAID', 'CLOSED')),
  amount_fen    bigint not null check (amount_fen > 0),
  refunded_fen  bigint not null default 0 check (refunded_fen >= 0),
  posting       bigint unique references ledger_postings,
  paid_at       timestamptz,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  check (refunded_fen <= amount_fen),
  check ((state = 'PAID') = (posting is not null)),
  check ((state = 'PAID') = (paid_at is not null)),
  check (state = 'PAID' or refunded_fen = 0)
);
