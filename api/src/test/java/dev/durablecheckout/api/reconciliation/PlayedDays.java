package dev.durablecheckout.api.reconciliation;

import org.jdbi.v3.core.Jdbi;

/** One day of {@code tea-house}: a payment on which all agree, and a phantom. */
public final class PlayedDays {
  private static final String ROWS =
      """
      insert into checkouts (checkout_id, merchant, merchant_order_no, request_id, fingerprint, subject, amount_fen,
        buyer_id, metadata, status, deadline, created_at, updated_at)
      values ('tea-house.RECONCILED', 'tea-house', 'RECONCILED', 'r', 'f', 's', 700, 'b', '{}', 'PAID', now(), now(), now())
      on conflict do nothing;
      insert into pay_orders (out_trade_no, checkout_id, attempt, channel, method, amount_fen, subject, time_expire,
        status, settlement, trade_no, paid_fen, paid_at, created_at, updated_at)
      values ('RECONCILED_1', 'tea-house.RECONCILED', 1, 1, 'QR', 700, 's', now(), 'SUCCEEDED', 'SETTLED', 'T1', 700,
        '2029-03-04T04:00:00Z', now(), now())
      on conflict do nothing;
      insert into ledger_accounts (merchant, kind, owner, created_at)
      values ('tea-house', 'CHANNEL', 'ALIPAY', now()), ('tea-house', 'SALES', '', now()) on conflict do nothing;
      with posted as (
        insert into ledger_postings (merchant, business_key, kind, lines, posted_at, detail)
        values ('tea-house', 'payment:RECONCILED_1', 'PAYMENT', 2, now(), '{}') on conflict do nothing returning posting)
      insert into ledger_entries (posting, line, account, debit_fen, credit_fen)
      select p.posting, case a.kind when 'CHANNEL' then 1 else 2 end, a.account, case a.kind when 'CHANNEL' then 700 else 0 end,
        case a.kind when 'CHANNEL' then 0 else 700 end
      from posted p join ledger_accounts a on a.merchant = 'tea-house' and (a.kind, a.owner) in (('CHANNEL', 'ALIPAY'), ('SALES', ''));
      insert into reconciliations (merchant, channel, bill_day, status, bill_sha1, bill_lines, bill_payments, matched_lines,
        matched_fen, bill_payments_fen, order_payments_fen, ledger_payments_fen, fee_fen, started_at, staged_at, matched_at)
      values ('tea-house', 1, '2029-03-04', 'OPEN', 'abc', 2, 2, 1, 700, 1800, 700, 700, 11, now(), now(), now())
      on conflict do nothing;
      insert into bill_lines (merchant, channel, bill_day, line_no, kind, number, out_trade_no, trade_no, amount_fen, fee_fen,
        fee_back_fen, voucher_fen, voucher_back_fen, at, channel_word, progress)
      values
        ('tea-house', 1, '2029-03-04', 2, 'PAYMENT', 'RECONCILED_1', 'RECONCILED_1', 'T1', 700, 4, 0, 0, 0, '2029-03-04T04:00:00Z', 'SUCCESS', 'DONE'),
        ('tea-house', 1, '2029-03-04', 3, 'PAYMENT', '=cmd|x', '=cmd|x', 'T2', 1100, 7, 0, 0, 0, '2029-03-04T05:00:00Z', 'SUCCESS', 'DONE')
      on conflict do nothing;
      insert into reconciliation_items (merchant, channel, bill_day, kind, number, difference, state, trade_no, their_fen,
        detail, found_at, updated_at)
      values ('tea-house', 1, '2029-03-04', 'PAYMENT', '=cmd|x', 'MISSING_HERE', 'OPEN', 'T2', 1100, 'no number of ours', now(), now())
      on conflict do nothing;
      insert into reconciliation_items (merchant, channel, bill_day, kind, number, difference, state, our_fen, their_fen,
        detail, said, found_at, updated_at, ended_at)
      values ('tea-house', 1, '2029-03-04', 'FEE', '2029-03-04', 'FEE_DIFFERS', 'CLOSED_BY_PERSON', 11, 12, 'a fen',
        '=the till', now(), now(), now())
      on conflict do nothing
      """;

  private PlayedDays() {}

  /** Writes it, once. */
  public static void write(Jdbi books) {
    books.useTransaction(
        handle -> {
          int[] unused = handle.createScript(ROWS).execute();
        });
  }
}
