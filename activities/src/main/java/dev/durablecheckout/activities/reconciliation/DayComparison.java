package dev.durablecheckout.activities.reconciliation;

import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import dev.durablecheckout.workflows.reconciliation.DayView;
import dev.durablecheckout.workflows.reconciliation.Explanation;
import dev.durablecheckout.workflows.reconciliation.ReconciliationStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Compares a staged bill with the books: in PostgreSQL, set by set, in one transaction, so that a
 * report shows a day as it was before or as it is after, and never half of it.
 */
public final class DayComparison {
  private static final String SUMS =
      """
      update reconciliations r set
        bill_payments = s.payments, bill_refunds = s.refunds, matched_lines = s.matched, matched_fen = s.matched_fen,
        bill_payments_fen = s.bill_in, order_payments_fen = s.order_in, ledger_payments_fen = s.ledger_in,
        bill_refunds_fen = s.bill_out, order_refunds_fen = s.order_out, ledger_refunds_fen = s.ledger_out,
        fee_fen = s.fee, fee_back_fen = s.fee_back, voucher_fen = s.voucher, voucher_back_fen = s.voucher_back,
        matched_at = :at
      from (select
        count(*) filter (where kind = 'PAYMENT') as payments,
        count(*) filter (where kind = 'REFUND') as refunds,
        count(*) filter (where difference is null) as matched,
        coalesce(sum(amount_fen) filter (where difference is null), 0) as matched_fen,
        coalesce(sum(bill_fen) filter (where kind = 'PAYMENT'), 0) as bill_in,
        coalesce(sum(order_fen) filter (where kind = 'PAYMENT'), 0) as order_in,
        coalesce(sum(ledger_fen) filter (where kind = 'PAYMENT'), 0) as ledger_in,
        coalesce(sum(bill_fen) filter (where kind = 'REFUND'), 0) as bill_out,
        coalesce(sum(order_fen) filter (where kind = 'REFUND'), 0) as order_out,
        coalesce(sum(ledger_fen) filter (where kind = 'REFUND'), 0) as ledger_out,
        coalesce(sum(fee_fen), 0) as fee, coalesce(sum(fee_back_fen), 0) as fee_back,
        coalesce(sum(voucher_fen), 0) as voucher, coalesce(sum(voucher_back_fen), 0) as voucher_back
        from day_matches) s
      where r.merchant = :merchant and r.channel = :channel and r.bill_day = :day
      returning r.fee_fen - r.fee_back_fen as fees, r.voucher_fen - r.voucher_back_fen as vouchers
      """;

  /** Of all days: what this day's bill has settles items of others. */
  private static final String STATUSES =
      """
      update reconciliations r set status = s.status, settled_at = case when s.status = 'SETTLED' then cast(:at as timestamptz) end
      from (select d.bill_day, case
          when bool_or(i.state = 'OPEN') then 'OPEN' when bool_or(i.state = 'LATE_POOL') then 'MATCHED'
          else 'SETTLED' end as status
        from reconciliations d left join reconciliation_items i on i.merchant = d.merchant
          and i.channel = d.channel and i.bill_day = d.bill_day and i.ended_at is null
        where d.merchant = :merchant and d.channel = :channel and d.matched_at is not null
        group by d.bill_day) s
      where r.merchant = :merchant and r.channel = :channel and r.bill_day = s.bill_day and r.status <> s.status
      """;

  private static final String ASKS_FOR_A_PERSON =
      "difference in ('AMOUNT_DIFFERS', 'STATE_DIFFERS', 'DUPLICATE', 'MISSING_THERE') and i.checkout_id is not null";

  /** A bill that is off as a whole is one trouble and not a million: the report has them all. */
  private static final String TO_RAISE =
      "select i.checkout_id, i.detail from reconciliation_items i"
          + " where i.merchant = :merchant and i.channel = :channel and i.state = 'OPEN' and i.updated_at = :at and "
          + ASKS_FOR_A_PERSON
          + " order by i.checkout_id limit 1000";

  /** Few, since no more are raised, however many differences a corrected bill ends. */
  private static final String TO_TAKE_BACK =
      "select distinct i.checkout_id from reconciliation_items i"
          + " join checkouts c on c.checkout_id = i.checkout_id and c.attention = 'BILL_DIFFERS'"
          + " where i.merchant = :merchant and i.channel = :channel and i.ended_at = :at and "
          + ASKS_FOR_A_PERSON
          + " and not exists (select 1 from reconciliation_items o where o.checkout_id = i.checkout_id"
          + " and o.state = 'OPEN') order by 1";

  private static final String VIEW =
      """
      select r.status, r.bill_lines, r.matched_lines,
        count(*) filter (where i.state = 'OPEN') as open,
        count(*) filter (where i.state = 'LATE_POOL') as late,
        count(*) filter (where i.state = 'REPAIRED') as repaired
      from reconciliations r left join reconciliation_items i using (merchant, channel, bill_day)
      where r.merchant = :merchant and r.channel = :channel and r.bill_day = :day
      group by r.merchant, r.channel, r.bill_day
      """;

  /** Those of which the channel has said nothing yet come first: there may be more than a limit. */
  private static final String LOST =
      """
      select i.number from reconciliation_items i
      join pay_orders p on p.out_trade_no = i.number and p.status <> 'SUCCEEDED'
      where i.merchant = :merchant and i.channel = :channel and i.bill_day = :day and i.state = 'OPEN'
        and i.kind = 'PAYMENT' and i.difference = 'MISSING_HERE' and i.checkout_id is not null
      order by position('; ' in i.detail) > 0, i.item limit :limit
      """;

  private static final String NOTE =
      """
      update reconciliation_items set detail = split_part(detail, '; ', 1) || '; ' || :said, updated_at = :at
      where merchant = :merchant and channel = :channel and bill_day = :day and kind = 'PAYMENT' and number = :number
        and difference = 'MISSING_HERE' and ended_at is null
      """;
  private static final String EXPLAIN =
      """
      update reconciliation_items set state = 'CLOSED_BY_PERSON', said = :said, ended_at = :at, updated_at = :at
      where item = :item and merchant = :merchant and channel = :channel and bill_day = :day and ended_at is null
      """;
  private static final String EXISTS =
      """
      select 1 from reconciliation_items
      where item = :item and merchant = :merchant and channel = :channel and bill_day = :day
      """;

  private record Sums(long fees, long vouchers) {}

  private final Jdbi jdbi;
  private final Clock clock;

  public DayComparison(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** Compares, and writes down what was found; see {@link DayItems} and {@link DayFees}. */
  public DayView compare(BillDay day) {
    return jdbi.inTransaction(
        handle -> {
          DaySql.lockItems(handle, day);
          Instant now = now();
          compare(handle, day, now);
          for (LocalDate twin : DayMatches.laterTwins(handle)) {
            compare(handle, new BillDay(day.merchant(), day.channel(), twin), now);
          }
          return concluded(handle, day, now);
        });
  }

  private static void compare(Handle handle, BillDay day, Instant now) {
    DayMatches.keep(handle, day);
    Sums sums =
        DaySql.of(handle.createQuery(SUMS), day)
            .bind("at", now)
            .map((row, context) -> new Sums(row.getLong("fees"), row.getLong("vouchers")))
            .one();
    DayItems items = new DayItems(handle, day, now);
    items.update();
    DayFees fees = new DayFees(handle, day, items, now);
    fees.fees(sums.fees());
    fees.vouchers(sums.vouchers());
  }

  /** To the microsecond, as the database keeps it: this run's rows are found by it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static DayView concluded(Handle handle, BillDay day, Instant now) {
    DaySql.of(handle.createQuery(TO_TAKE_BACK), day)
        .bind("at", now)
        .mapTo(String.class)
        .forEach(
            checkout ->
                CheckoutBooksImpl.takeBackAttention(
                    handle,
                    CheckoutId.parse(checkout),
                    Attention.BILL_DIFFERS,
                    "the channel's bill and the books agree",
                    now));
    DaySql.of(handle.createQuery(TO_RAISE), day)
        .bind("at", now)
        .map((row, context) -> List.of(row.getString("checkout_id"), row.getString("detail")))
        .forEach(
            item ->
                CheckoutBooksImpl.setAttention(
                    handle,
                    CheckoutId.parse(item.get(0)),
                    Attention.BILL_DIFFERS,
                    day.channel() + "'s bill of " + day.day() + ": " + item.get(1),
                    now));
    DaySql.of(handle.createUpdate(STATUSES), day).bind("at", now).execute();
    return view(handle, day);
  }

  private static DayView view(Handle handle, BillDay day) {
    return DaySql.of(handle.createQuery(VIEW), day)
        .map(
            (row, context) ->
                new DayView(
                    ReconciliationStatus.valueOf(row.getString("status")),
                    row.getLong("bill_lines"),
                    row.getLong("matched_lines"),
                    row.getLong("open"),
                    row.getLong("late"),
                    row.getLong("repaired")))
        .one();
  }

  /** See {@link dev.durablecheckout.workflows.reconciliation.ReconciliationActivities}. */
  public List<OutTradeNo> lostPayments(BillDay day, int limit) {
    return jdbi.withHandle(
        handle ->
            DaySql.of(handle.createQuery(LOST), day)
                .bind("limit", limit)
                .mapTo(String.class)
                .map(OutTradeNo::of)
                .list());
  }

  /** Writes down what the channel said of a lost payment that it does not confirm. */
  public void note(BillDay day, OutTradeNo outTradeNo, String said) {
    jdbi.useHandle(
        handle ->
            DaySql.of(handle.createUpdate(NOTE), day)
                .bind("number", outTradeNo.value())
                .bind("said", said)
                .bind("at", now())
                .execute());
  }

  /**
   * Closes an item of this day by a person's word; one that is over stays as it ended.
   *
   * @return where the day stands then; empty if the day has no such item
   */
  public Optional<DayView> explain(BillDay day, Explanation explanation) {
    return jdbi.inTransaction(
        handle -> {
          DaySql.lockItems(handle, day);
          Instant now = now();
          DaySql.of(handle.createUpdate(EXPLAIN), day)
              .bind("item", explanation.item())
              .bind("said", explanation.reason())
              .bind("at", now)
              .execute();
          return DaySql.of(handle.createQuery(EXISTS), day)
              .bind("item", explanation.item())
              .mapTo(Integer.class)
              .findOne()
              .map(found -> concluded(handle, day, now));
        });
  }
}
