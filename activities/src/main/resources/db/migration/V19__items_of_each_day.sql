-- A difference belongs to a day: the same number can differ in the bills of two days, and each of them has to add up.
alter table reconciliation_items drop constraint reconciliation_items_merchant_channel_kind_number_differenc_key;
alter table reconciliation_items add unique (merchant, channel, kind, number, difference, bill_day);
