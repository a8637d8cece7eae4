-- Wallets are filled by checkouts as well, and paid out again.

alter table checkouts add column purpose text not null default 'SALE' check (purpose in ('SALE', 'WALLET_TOP_UP'));
