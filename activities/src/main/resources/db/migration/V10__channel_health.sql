-- Channels that do not answer, as the workers found; and what a buyer has paid in a day.

create table channel_health (
  merchant    text not null,
  channel     smallint not null,
  expires_at  timestamptz not null,
  primary key (merchant, channel)
);

create index checkouts_buyer on checkouts (merchant, buyer_id, created_at);
