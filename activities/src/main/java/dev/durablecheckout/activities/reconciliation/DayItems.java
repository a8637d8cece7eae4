package dev.durablecheckout.activities.reconciliation;

import dev.durablecheckout.workflows.reconciliation.BillDay;
import dev.durablecheckout.workflows.reconciliation.ItemKind;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * The differences of a day, as rows: found, found again, over. Each is one row for ever, by its
 * day, what it is about and how it differs, so that comparing twice leaves the same behind. All of
 * it set by set, over {@link DayMatches#keep}.
 */
final class DayItems {
  /** For how many days after its own a payment may turn up in a bill. */
  static final int POOL_DAYS = 3;

  /** The bills in which a day's payments may have turned up have their lines for as long. */
  private static final Duration KEPT = BillStage.RETENTION.minusDays(POOL_DAYS);

  /**
   * Behind a "; " of a detail stands what the channel said of it; see {@link DayComparison#note}.
   */
  private static final String FOUND_IN_BILL =
      """
      insert into reconciliation_items as i (merchant, channel, bill_day, kind, number, difference, state, checkout_id,
        trade_no, our_fen, their_fen, detail, found_at, updated_at)
      select :merchant, :channel, :day, kind, number, difference,
        case when bool_or(waits) then 'LATE_POOL' else 'OPEN' end,
        min(checkout_id), min(trade_no), min(our_fen), sum(amount_fen),
        case difference
          when 'MISSING_HERE' then case
            when min(our_status) is not null then 'paid by the bill, ' || min(our_status) || ' here'
            when kind = 'REFUND' then 'a refund that was not made here: in the channel''s console, perhaps'
            else 'no number of ours' end
          when 'AMOUNT_DIFFERS' then 'the bill has ' || sum(amount_fen) || ' fen, the order ' || min(our_fen)
          when 'STATE_DIFFERS' then case
            when kind = 'PAYMENT' then 'trade ' || min(trade_no) || ' by the bill, ' || min(our_trade_no) || ' here'
            else min(progress) || ' by the bill, ' || min(our_status) || ' here' end
          when 'LEDGER_DIFFERS' then 'the ledger has ' || min(booked_fen) || ' fen, the order ' || min(our_fen)
          else count(*) || ' more than once' end
          || ' (line ' || min(line_no) || case when count(*) > 1 then ' and ' || count(*) - 1 || ' more' else '' end || ')',
        :at, :at
      from day_matches where difference is not null
      group by kind, number, difference
      on conflict (merchant, channel, kind, number, difference, bill_day) do update set
        state = case
          when i.state = 'CLOSED_BY_PERSON' and i.our_fen is not distinct from excluded.our_fen
            and i.their_fen is not distinct from excluded.their_fen then i.state
          when i.state in ('OPEN', 'LATE_POOL') then i.state
          else excluded.state end,
        ended_at = case
          when i.state = 'CLOSED_BY_PERSON' and i.our_fen is not distinct from excluded.our_fen
            and i.their_fen is not distinct from excluded.their_fen then i.ended_at end,
        our_fen = excluded.our_fen, their_fen = excluded.their_fen,
        detail = excluded.detail || case when i.ended_at is null then substr(i.detail, length(split_part(i.detail, '; ', 1)) + 1)
          else '' end,
        checkout_id = excluded.checkout_id, trade_no = excluded.trade_no, updated_at = excluded.updated_at
      """;

  private static final String OVER =
      """
      update reconciliation_items i set ended_at = :at, updated_at = :at,
        state = case when i.difference = 'MISSING_HERE' and exists (select 1 from day_matches m
          where m.kind = i.kind and m.number = i.number and m.moved) then 'REPAIRED' else 'EXPLAINED' end
      where i.merchant = :merchant and i.channel = :channel and i.bill_day = :day and i.ended_at is null
        and i.kind in ('PAYMENT', 'REFUND') and i.difference not in ('LATE', 'MISSING_THERE')
        and not exists (select 1 from day_matches m
          where m.kind = i.kind and m.number = i.number and m.difference = i.difference)
      """;
  private static final String IN_NO_BILL =
      """
      insert into reconciliation_items (merchant, channel, bill_day, kind, number, difference, state, checkout_id,
        trade_no, our_fen, detail, found_at, updated_at)
      select :merchant, :channel, :day, o.kind, o.number, 'LATE', 'LATE_POOL', o.checkout_id, o.trade_no, o.fen,
        'in the books at ' || o.at || ', and not in this bill', :at, :at
      from (
        select 'PAYMENT' as kind, p.out_trade_no as number, p.checkout_id, p.trade_no, p.paid_fen as fen, p.paid_at as at
        from pay_orders p join checkouts c using (checkout_id)
        where p.channel = :channel and p.paid_at >= :begin and p.paid_at < :end and p.status = 'SUCCEEDED'
          and c.merchant = :merchant
        union all
        select 'PAYMENT', s.out_order_no, null, s.transaction_id, s.paid_fen, s.paid_at
        from service_orders s
        where s.merchant = :merchant and s.paid_at >= :begin and s.paid_at < :end and s.status = 'SETTLED'
          and s.paid_fen > 0 and :channel_name = 'WECHAT_PAY'
        union all
        select 'REFUND', r.out_refund_no, r.checkout_id, null, r.amount_fen, r.refunded_at
        from refunds r join checkouts c using (checkout_id)
        where r.channel = :channel and r.refunded_at >= :begin and r.refunded_at < :end and r.status = 'SUCCEEDED'
          and c.merchant = :merchant
      ) o
      where not exists (select 1 from bill_lines b where b.merchant = :merchant and b.channel = :channel
          and b.kind = o.kind and b.number = o.number)
        and not exists (select 1 from reconciliation_items i where i.merchant = :merchant and i.channel = :channel
          and i.kind = o.kind and i.number = o.number and i.difference in ('LATE', 'MISSING_THERE'))
      """;

  /**
   * What had turned up in a bill and is in none any more: of any day, since a corrected bill may
   * have lost it; not of days so old that the lines of the bills after them may have gone.
   */
  private static final String LOST_AGAIN =
      """
      update reconciliation_items i set state = 'LATE_POOL', difference = 'LATE', ended_at = null, found_at = :at,
        updated_at = :at, their_fen = null, detail = split_part(i.detail, '; ', 1) || '; a bill that had it has lost it'
      where i.merchant = :merchant and i.channel = :channel and i.state = 'EXPLAINED'
        and i.difference in ('LATE', 'MISSING_THERE') and i.bill_day >= :kept
        and not exists (select 1 from bill_lines b where b.merchant = i.merchant and b.channel = i.channel
          and b.kind = i.kind and b.number = i.number)
      """;

  private static final String TURNED_UP =
      """
      update reconciliation_items i set state = 'EXPLAINED', ended_at = :at, updated_at = :at,
        their_fen = b.amount_fen, detail = i.detail || '; it is in the bill of ' || b.bill_day
      from bill_lines b
      where i.merchant = :merchant and i.channel = :channel and i.ended_at is null
        and i.difference in ('LATE', 'MISSING_THERE')
        and b.merchant = i.merchant and b.channel = i.channel and b.kind = i.kind and b.number = i.number
      """;

  /** Only where the bills of the days after it were compared: one that is late is no proof. */
  private static final String TIME_IS_OVER =
      """
      update reconciliation_items i set state = 'OPEN', updated_at = :at,
        difference = case when i.difference = 'LATE' then 'MISSING_THERE' else i.difference end
      where i.merchant = :merchant and i.channel = :channel and i.state = 'LATE_POOL' and (
        i.difference = 'LATE' and :pool_days = (
          select count(*) from reconciliations r where r.merchant = i.merchant and r.channel = i.channel
            and r.matched_at is not null and r.bill_day > i.bill_day and r.bill_day <= i.bill_day + cast(:pool_days as int))
        or i.difference <> 'LATE' and i.found_at < :pool_begin)
      """;

  private static final String DAY_SUM =
      """
      insert into reconciliation_items as i (merchant, channel, bill_day, kind, number, difference, state, our_fen,
        their_fen, detail, found_at, updated_at)
      values (:merchant, :channel, :day, :kind, :number, 'FEE_DIFFERS', 'OPEN', :our_fen, :their_fen, :detail, :at, :at)
      on conflict (merchant, channel, kind, number, difference, bill_day) do update set
        state = case when i.state = 'CLOSED_BY_PERSON' and i.their_fen = excluded.their_fen then i.state else 'OPEN' end,
        ended_at = case when i.state = 'CLOSED_BY_PERSON' and i.their_fen = excluded.their_fen then i.ended_at end,
        our_fen = excluded.our_fen, their_fen = excluded.their_fen, detail = excluded.detail, updated_at = :at
      """;
  private static final String DAY_SUM_OVER =
      """
      update reconciliation_items set state = 'EXPLAINED', ended_at = :at, updated_at = :at
      where merchant = :merchant and channel = :channel and kind = :kind and number = :number
        and difference = 'FEE_DIFFERS' and ended_at is null
      """;

  private final Handle handle;
  private final BillDay day;
  private final Instant now;

  DayItems(Handle handle, BillDay day, Instant now) {
    this.handle = handle;
    this.day = day;
    this.now = now;
  }

  /** Writes down all that the comparison found, and ends what it does not find any more. */
  void update() {
    run(FOUND_IN_BILL);
    run(OVER);
    run(IN_NO_BILL);
    run(LOST_AGAIN);
    run(TURNED_UP);
    run(TIME_IS_OVER);
  }

  private void run(String sql) {
    statement(sql)
        .bind("begin", day.begin())
        .bind("end", day.end())
        .bind("channel_name", day.channel().name())
        .bind("kept", now.minus(KEPT).atZone(BillDay.ZONE).toLocalDate())
        .bind("pool_days", POOL_DAYS)
        .bind("pool_begin", now.minus(Duration.ofDays(POOL_DAYS)))
        .execute();
  }

  private Update statement(String sql) {
    return DaySql.of(handle.createUpdate(sql), day)
        .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
        .bind("at", now);
  }

  /**
   * The day's fees or vouchers are in the ledger with another sum, or, without a detail, are not
   * any more.
   */
  void daySumDiffers(ItemKind kind, long ourFen, long theirFen, @Nullable String detail) {
    statement(detail == null ? DAY_SUM_OVER : DAY_SUM)
        .bind("kind", kind.name())
        .bind("number", day.day().toString())
        .bind("our_fen", ourFen)
        .bind("their_fen", theirFen)
        .bind("detail", detail)
        .execute();
  }
}
