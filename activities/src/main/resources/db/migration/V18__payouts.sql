-- Which withdrawals a workflow has to look after though their money is held no more: those that were paid in the last days,
-- and those whose event nobody has acknowledged.

create index withdrawals_paid on withdrawals (paid_at, withdrawal_no) where status = 'SUCCEEDED';
create index events_withdrawals_open on events (withdrawal_no) where delivered_at is null and withdrawal_no is not null;
