-- A notify that could not be relayed goes to the end of the queue, not to its head for ever.

alter table notify_log add column relay_tried_at timestamptz;
