-- All the ways to pay. Who pays is kept as far as a method needs it again; codes that are good once are not.

alter table pay_orders drop constraint pay_orders_method_check;
alter table pay_orders add constraint pay_orders_method_check
  check (method in ('QR', 'PAGE', 'WAP', 'APP', 'BARCODE', 'JSAPI', 'MINI_PROGRAM', 'H5', 'BALANCE'));
alter table pay_orders
  add column payer_openid text,
  add column payer_client_ip text;
