-- The relay reads these back: a value it could not read would hold up every other notify.

alter table notify_log
  add check (trade_state in ('NOT_CREATED', 'UNPAID', 'PAID', 'CLOSED', 'REFUNDED')),
  add check (amount_fen >= 0);
