-- Stock that the merchant keeps here. An article without a row is not tracked.

create table stock (
  merchant   text not null,
  sku        text not null,
  available  bigint not null check (available >= 0),
  reserved   bigint not null default 0 check (reserved >= 0),
  sold       bigint not null default 0 check (sold >= 0),
  primary key (merchant, sku)
);

create table stock_reservations (
  checkout_id  text not null references checkouts,
  sku          text not null,
  quantity     bigint not null check (quantity > 0),
  status       text not null check (status in ('RESERVED', 'COMMITTED', 'RELEASED')),
  primary key (checkout_id, sku)
);
