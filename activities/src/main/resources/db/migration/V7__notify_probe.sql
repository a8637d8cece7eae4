-- WeChat Pay sends wrong signatures on purpose: refused as any other, and told apart from an attack.

alter table notify_log drop constraint notify_log_verdict_check;
alter table notify_log add constraint notify_log_verdict_check
  check (verdict in ('VERIFIED', 'BAD_SIGNATURE', 'FOREIGN_ACCOUNT', 'MALFORMED', 'PROBE'));
