-- The ledger: double entry, append only (docs/ledger.md). Each posting is unique by its business key, and balances.

create table ledger_accounts (
  account     bigint generated always as identity primary key,
  merchant    text not null,
  kind        text not null check (kind in ('WALLET', 'CHANNEL', 'SALES', 'SUSPENSE', 'FEE', 'VOUCHER')),
  owner       text not null,
  created_at  timestamptz not null,
  unique (merchant, kind, owner)
);

create table ledger_postings (
  posting       bigint generated always as identity primary key,
  merchant      text not null,
  business_key  text not null,
  kind          text not null check (kind in ('WALLET_PAYMENT', 'WALLET_REFUND', 'TOP_UP')),
  lines         smallint not null check (lines >= 2),
  posted_at     timestamptz not null,
  detail        jsonb not null,
  unique (merchant, business_key)
);

create table ledger_entries (
  posting     bigint not null references ledger_postings,
  line        smallint not null check (line > 0),
  account     bigint not null references ledger_accounts,
  debit_fen   bigint not null check (debit_fen >= 0),
  credit_fen  bigint not null check (credit_fen >= 0),
  primary key (posting, line),
  check ((debit_fen > 0) <> (credit_fen > 0))
);
create index ledger_entries_account on ledger_entries (account);

-- What was booked stays. A mistake is put right by another posting.
create function ledger_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: put a mistake right by another posting', tg_table_name
    using errcode = 'integrity_constraint_violation';
end $$;

create trigger ledger_accounts_append_only before update or delete or truncate on ledger_accounts
  for each statement execute function ledger_refuse_change();
create trigger ledger_postings_append_only before update or delete or truncate on ledger_postings
  for each statement execute function ledger_refuse_change();
create trigger ledger_entries_append_only before update or delete or truncate on ledger_entries
  for each statement execute function ledger_refuse_change();

-- At commit: all the lines that the posting announced are there and no more, so that nobody adds to it later; debits
-- equal credits; no account is another merchant's.
create function ledger_check_posting() returns trigger language plpgsql as $$
declare
  sums record;
begin
  select p.lines, p.merchant, count(e.*) as found, coalesce(sum(e.debit_fen), 0) as debit,
      coalesce(sum(e.credit_fen), 0) as credit, count(*) filter (where a.merchant <> p.merchant) as foreign_lines
    into sums
    from ledger_postings p left join ledger_entries e using (posting) left join ledger_accounts a using (account)
    where p.posting = new.posting group by p.posting;
  if sums.found <> sums.lines or sums.debit <> sums.credit or sums.foreign_lines > 0 then
    raise exception 'posting % has % of % lines, debits %, credits %, % lines of other merchants',
      new.posting, sums.found, sums.lines, sums.debit, sums.credit, sums.foreign_lines
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;

create constraint trigger ledger_postings_balance after insert on ledger_postings
  deferrable initially deferred for each row execute function ledger_check_posting();
create constraint trigger ledger_entries_balance after insert on ledger_entries
  deferrable initially deferred for each row execute function ledger_check_posting();
