package dev.durablecheckout.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.db.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Audit finds a planted violation of each law that the books can show. */
final class AuditTest {
  private static final String BOOKS =
      """
      insert into checkouts (checkout_id, merchant, merchant_order_no, request_id, fingerprint, subject, amount_fen,
        buyer_id, metadata, status, close_reason, deadline, created_at, updated_at)
      values ('s.PAID', 's', 'PAID', 'r', 'f', 'x', 100, 'b', '{}', 'PAID', null, now() + '1 h', now(), now() - interval '1 h'),
        ('s.CASH', 's', 'CASH', 'r', 'f', 'x', 100, 'b', '{}', 'PAID', null, now() + '1 h', now(), now() - interval '1 h'),
        ('s.BACK', 's', 'BACK', 'r', 'f', 'x', 100, 'b', '{}', 'CLOSED', 'EXPIRED', now() - interval '1 h', now(), now() - interval '1 h'),
        ('s.SHUT', 's', 'SHUT', 'r', 'f', 'x', 100, 'b', '{}', 'CLOSED', 'EXPIRED', now() - interval '1 h', now(), now() - interval '1 h'),
        ('s.OPEN', 's', 'OPEN', 'r', 'f', 'x', 100, 'b', '{}', 'AWAITING_PAYMENT', null, now() + '1 h', now(), now() - interval '1 h');
      insert into pay_orders (out_trade_no, checkout_id, attempt, channel, method, amount_fen, subject, time_expire, status,
        settlement, trade_no, paid_fen, paid_at, created_at, updated_at)
      values ('P1', 's.PAID', 1, 1, 'QR', 100, 'x', now(), 'SUCCEEDED', 'SETTLED', 'T1', 100, now(), now(), now() - interval '1 h'),
        ('PW', 's.CASH', 1, 3, 'BALANCE', 100, 'x', now(), 'SUCCEEDED', 'SETTLED', 'WPW', 100, now(), now(), now() - interval '1 h'),
        ('PB', 's.BACK', 1, 3, 'BALANCE', 100, 'x', now(), 'SUCCEEDED', 'LATE', 'WPB', 100, now(), now(), now() - interval '1 h'),
        ('P5', 's.SHUT', 2, 2, 'QR', 100, 'x', now(), 'SUCCEEDED', 'LATE', 'T5', 100, now(), now(), now() - interval '1 h'),
        ('P2', 's.SHUT', 1, 1, 'QR', 100, 'x', now(), 'CLOSED', null, null, null, null, now(), now() - interval '1 h'),
        ('P3', 's.OPEN', 1, 1, 'QR', 100, 'x', now(), 'PAYING', null, null, null, null, now(), now() - interval '1 h');
      insert into events (event_id, merchant, type, checkout_id, body, created_at, delivered_at)
      values ('evt_paid_s.PAID', 's', 'CHECKOUT_PAID', 's.PAID', '{}', now() - interval '1 h', now()),
        ('evt_paid_s.CASH', 's', 'CHECKOUT_PAID', 's.CASH', '{}', now() - interval '1 h', now()),
        ('evt_closed_s.BACK', 's', 'CHECKOUT_CLOSED', 's.BACK', '{}', now() - interval '1 h', now()),
        ('evt_refunded_RB', 's', 'PAYMENT_REFUNDED', 's.BACK', '{}', now() - interval '1 h', now()),
        ('evt_refunded_R5', 's', 'PAYMENT_REFUNDED', 's.SHUT', '{}', now() - interval '1 h', now()),
        ('evt_closed_s.SHUT', 's', 'CHECKOUT_CLOSED', 's.SHUT', '{}', now() - interval '1 h', now());
      insert into stock (merchant, sku, available, reserved, sold) values ('s', 'k', 5, 0, 1);
      insert into stock_reservations (checkout_id, sku, quantity, status) values ('s.PAID', 'k', 1, 'COMMITTED');
      insert into vouchers values ('s', 'V', 50, null, null);
      insert into voucher_uses values ('s.PAID', 's', 'V', 50, 'REDEEMED'), ('s.SHUT', 's', 'V', 50, 'RELEASED');
      insert into ledger_accounts (merchant, kind, owner, created_at)
      values ('s', 'SUSPENSE', '', now()), ('s', 'WALLET', 'b', now()), ('s', 'SALES', '', now()), ('t', 'WALLET', 'b', now()),
        ('s', 'CHANNEL', 'ALIPAY', now()), ('s', 'CHANNEL', 'WECHAT_PAY', now()), ('s', 'VOUCHER', '', now());
      insert into wallets values ('s', 'b', 2, 400, now()), ('t', 'b', 4, 0, now());
      insert into ledger_postings (merchant, business_key, kind, lines, posted_at, detail)
      values ('s', 'top-up:1', 'TOP_UP', 2, now() - interval '1 h', '{}'),
        ('s', 'wallet-payment:PW', 'WALLET_PAYMENT', 2, now() - interval '1 h', '{"out_trade_no": "PW"}'),
        ('s', 'wallet-payment:PB', 'WALLET_PAYMENT', 2, now() - interval '1 h', '{"out_trade_no": "PB"}'),
        ('s', 'refund:RB', 'WALLET_REFUND', 2, now() - interval '1 h', '{"out_trade_no": "PB"}'),
        ('s', 'payment:P1', 'PAYMENT', 2, now() - interval '1 h', '{"out_trade_no": "P1"}'),
        ('s', 'payment:P5', 'PAYMENT', 2, now() - interval '1 h', '{"out_trade_no": "P5"}'),
        ('s', 'refund:R5', 'REFUND', 2, now() - interval '1 h', '{"out_trade_no": "P5"}'),
        ('s', 'service-order:SO', 'PAYMENT', 2, now() - interval '1 h', '{}'),
        ('s', 'voucher-redeemed:s.PAID', 'VOUCHER_REDEEMED', 2, now() - interval '1 h', '{"checkout_id": "s.PAID"}');
      insert into ledger_entries
      values (1, 1, 1, 500, 0), (1, 2, 2, 0, 500), (2, 1, 2, 100, 0), (2, 2, 3, 0, 100),
        (3, 1, 2, 100, 0), (3, 2, 3, 0, 100), (4, 1, 3, 100, 0), (4, 2, 2, 0, 100),
        (5, 1, 5, 100, 0), (5, 2, 3, 0, 100), (6, 1, 6, 100, 0), (6, 2, 1, 0, 100), (7, 1, 1, 100, 0), (7, 2, 6, 0, 100),
        (8, 1, 6, 1500, 0), (8, 2, 3, 0, 1500), (9, 1, 7, 50, 0), (9, 2, 3, 0, 50);
      insert into refunds values ('RB', 'PB', 's.BACK', 3, 100, 100, 'LATE', 'SUCCEEDED', now(), null, null, null, now(), now() - interval '1 h'),
        ('R5', 'P5', 's.SHUT', 2, 100, 100, 'LATE', 'SUCCEEDED', now(), null, null, null, now(), now() - interval '1 h');
      insert into service_orders (service_order_id, merchant, merchant_order_no, out_order_no, request_id, fingerprint,
        introduction, risk_fund_name, risk_fund_fen, buyer_id, metadata, status, paid_fen, created_at, updated_at)
      values ('s.LENT', 's', 'LENT', 'SO', 'r', 'f', 'x', 'DEPOSIT', 9900, 'b', '{}', 'SETTLED', 1500, now(), now());
      update pay_orders set refund_held_fen = 100 where out_trade_no in ('PB', 'P5');
      insert into wallet_trades values ('PW', 'PAID', 100, 0, 2, now(), now(), now()), ('PB', 'PAID', 100, 100, 3, now(), now(), now());
      """;

  @ParameterizedTest(name = "law {0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | update pay_orders set settlement = 'DUPLICATE' where out_trade_no = 'P1'",
        "1 | update checkouts set status = 'AWAITING_PAYMENT' where checkout_id = 's.PAID'",
        "1 | delete from events where event_id = 'evt_paid_s.PAID'",
        "1 | update events set delivered_at = null where event_id = 'evt_closed_s.SHUT'",
        "2 | update pay_orders set status = 'SUCCEEDED', settlement = 'LATE', paid_fen = 100 where out_trade_no = 'P2'",
        "2 | update pay_orders set amount_fen = 99 where out_trade_no = 'P3'",
        "2 | insert into refunds values ('R1', 'P1', 's.PAID', 1, 200, 200, 'LATE', 'SUCCEEDED', now(), null, null, null, now(), now())",
        "2 | update refunds set status = 'FAILED', refunded_at = null where out_refund_no = 'R5'",
        "9 | update refunds set status = 'PROCESSING', refunded_at = null where out_refund_no = 'R5'",
        "2 | update pay_orders set refund_held_fen = 0 where out_trade_no = 'PB'",
        "2 | update pay_orders set refund_held_fen = 1 where out_trade_no = 'P1'",
        "2 | delete from events where event_id = 'evt_refunded_RB'",
        "3 | update stock_reservations set returned = 1; update stock set sold = 0",
        "3 | update stock_reservations set status = 'RESERVED'",
        "3 | update stock set sold = 4",
        "3 | update voucher_uses set status = 'HELD' where checkout_id = 's.PAID'",
        "3 | update voucher_uses set status = 'RETURNED' where checkout_id = 's.PAID'",
        "3 | update refunds set return_voucher = true; update voucher_uses set checkout_id = 's.BACK' where checkout_id = 's.PAID'",
        "4 | update voucher_uses set discount_fen = 49 where checkout_id = 's.PAID'",
        "4 | delete from voucher_uses where checkout_id = 's.PAID'",
        "4 | alter table ledger_entries disable trigger all; delete from ledger_entries where posting = 9",
        "4 | alter table ledger_entries disable trigger all; update ledger_entries set debit_fen = 99 where posting = 1 and line = 1",
        "4 | alter table ledger_entries disable trigger all; delete from ledger_entries where posting = 1",
        "4 | alter table ledger_entries disable trigger all; update ledger_entries set account = 4 where posting = 1 and line = 2",
        "4 | alter table ledger_postings disable trigger all; update ledger_postings set lines = 3 where posting = 1",
        "4 | update wallets set balance_fen = 401 where merchant = 's'",
        "4 | delete from wallets where merchant = 't'; update wallets set merchant = 't'",
        "4 | delete from wallets where merchant = 's'",
        "4 | update pay_orders set channel = 3 where out_trade_no = 'P1'",
        "4 | update pay_orders set channel = 1 where out_trade_no = 'PW'",
        "4 | update pay_orders set paid_fen = 99 where out_trade_no = 'PW'",
        "4 | update refunds set channel = 1 where out_refund_no = 'RB'",
        "4 | update refunds set amount_fen = 99 where out_refund_no = 'RB'",
        "4 | update refunds set status = 'FAILED', refunded_at = null where out_refund_no = 'RB'",
        "4 | update wallet_trades set refunded_fen = 99 where out_trade_no = 'PB'",
        "4 | update checkouts set purpose = 'WALLET_TOP_UP' where checkout_id = 's.PAID'",
        "4 | update checkouts set purpose = 'WALLET_TOP_UP' where checkout_id = 's.CASH'",
        "5 | insert into notify_log (merchant, channel, verdict, notify_id, out_trade_no, trade_state, raw_body, headers, received_at, last_received_at) values ('s', 1, 'VERIFIED', 'n', 'P3', 'PAID', '', '{}', now() - interval '1 h', now())",
        "6 | alter table notify_log drop constraint notify_log_check; insert into notify_log (merchant, channel, verdict, raw_body, headers, received_at, last_received_at, applied_at) values ('s', 1, 'BAD_SIGNATURE', '', '{}', now(), now(), now())",
        "6 | update pay_orders set paid_fen = 1 where out_trade_no = 'P1'",
        "7 | alter table checkouts drop constraint checkouts_merchant_merchant_order_no_key; update checkouts set merchant_order_no = 'PAID'",
        "8 | update checkouts set deadline = now() - interval '1 h' where checkout_id = 's.OPEN'",
        "8 | update pay_orders set paid_at = now() + interval '2 h' where out_trade_no = 'P1'",
        "8 | insert into pay_orders select 'P4', checkout_id, 2, channel, method, amount_fen, subject, time_expire, return_url, status, null, null, null, null, null, null, null, created_at, updated_at from pay_orders where out_trade_no = 'P3'",
        "9 | update pay_orders set status = 'PAYING' where out_trade_no = 'P2'",
        "9 | insert into refunds values ('R1', 'P1', 's.PAID', 1, 100, 100, 'LATE', 'PROCESSING', null, null, null, null, now(), now() - interval '1 h')"
      })
  void findsWhatWasPlanted(int law, String violation) {
    try (TestDatabase database = TestDatabase.create()) {
      Audit audit = new Audit(database.jdbi(), Clock.systemUTC(), Duration.ofMinutes(1));
      database.jdbi().useTransaction(handle -> handle.createScript(BOOKS).execute());
      assertThat(audit.run()).as("before the violation").isEmpty();
      database.jdbi().useHandle(handle -> handle.createScript(violation).execute());
      assertThat(audit.run()).extracting(AuditFinding::law).contains(law);
    }
  }

  private static final String ASKED_BACK =
      "insert into refunds (out_refund_no, out_trade_no, checkout_id, channel, amount_fen, total_fen, reason, status, refunded_at, created_at, updated_at,"
          + " asked_by, refund_no, request_id, fingerprint, note, items)"
          + " values ('RA', 'P1', 's.PAID', 1, %s, 100, 'REQUESTED', 'SUCCEEDED', now(), now(), now() - interval '1 h', 's', 'A', 'r', 'f', 'x', '[]');"
          + " update pay_orders set refund_held_fen = 100 where out_trade_no = 'P1';"
          + " insert into events values ('evt_refunded_RA', 's', 'PAYMENT_REFUNDED', 's.PAID', '{}', now(), now());"
          + " insert into ledger_postings (merchant, business_key, kind, lines, posted_at, detail) values ('s', 'refund:RA', 'REFUND', 2, now(), '{\"out_trade_no\": \"P1\"}');"
          + " insert into ledger_entries select posting, 1, %s, %s, 0 from ledger_postings where business_key = 'refund:RA';"
          + " insert into ledger_entries select posting, 2, 5, 0, %s from ledger_postings where business_key = 'refund:RA'";

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "P1 should be in the ledger as CHANNEL/ALIPAY 100 -> SALES/ 100, and is there as nothing | alter table ledger_postings disable trigger all; update ledger_postings set business_key = 'top-up:9', kind = 'TOP_UP' where posting = 5",
        "P1 should be in the ledger as CHANNEL/ALIPAY 100 -> SALES/ 100, and is there as CHANNEL/ALIPAY 99 -> SALES/ 99 | alter table ledger_entries disable trigger all; update ledger_entries set debit_fen = sign(debit_fen) * 99, credit_fen = sign(credit_fen) * 99 where posting = 5",
        "P1 should be in the ledger as CHANNEL/ALIPAY 100 -> SALES/ 100, and is there as CHANNEL/WECHAT_PAY 100 -> SALES/ 100 | alter table ledger_entries disable trigger all; update ledger_entries set account = 6 where posting = 5 and line = 1",
        "P1 should be in the ledger as CHANNEL/ALIPAY 100 -> SALES/ 100, and is there as SALES/ 100 -> CHANNEL/ALIPAY 100 | alter table ledger_entries disable trigger all; update ledger_entries set debit_fen = credit_fen, credit_fen = debit_fen where posting = 5",
        "P5 should be in the ledger as CHANNEL/WECHAT_PAY 100 -> SUSPENSE/ 100, and is there as CHANNEL/WECHAT_PAY 100 -> SALES/ 100 | alter table ledger_entries disable trigger all; update ledger_entries set account = 3 where posting = 6 and line = 2",
        "s.LENT should be in the ledger as CHANNEL/WECHAT_PAY 1500 -> SALES/ 1500, and is there as nothing | update service_orders set out_order_no = 'SX'",
        "service-order:SO should be in the ledger as nothing, and is there as CHANNEL/WECHAT_PAY 1500 -> SALES/ 1500 | update service_orders set status = 'COMPLETED', paid_fen = null",
        "payment:P5 should be in the ledger as nothing, and is there as CHANNEL/WECHAT_PAY 100 -> SUSPENSE/ 100 | update pay_orders set status = 'CLOSED', settlement = null, paid_fen = null, refund_held_fen = 0 where out_trade_no = 'P5'",
        "R5 should be in the ledger as SUSPENSE/ 100 -> CHANNEL/WECHAT_PAY 100, and is there as SALES/ 100 -> CHANNEL/WECHAT_PAY 100 | alter table ledger_entries disable trigger all; update ledger_entries set account = 3 where posting = 7 and line = 1",
        "R5 should be in the ledger as SUSPENSE/ 100 -> CHANNEL/WECHAT_PAY 100, and is there as nothing | alter table ledger_postings disable trigger all; update ledger_postings set kind = 'WALLET_REFUND' where posting = 7",
        "refund:R5 should be in the ledger as nothing, and is there as SUSPENSE/ 100 -> CHANNEL/WECHAT_PAY 100 | update refunds set status = 'FAILED', refunded_at = null where out_refund_no = 'R5'",
        "P5 is LATE with 0 fen not gone back, and SUSPENSE holds 100 of it | alter table ledger_entries disable trigger all; update ledger_entries set account = 3 where posting = 7 and line = 1",
        "P1 is SETTLED with 0 fen not gone back, and SUSPENSE holds -100 of it | alter table ledger_postings disable trigger all; update ledger_postings set detail = '{\"out_trade_no\": \"P1\"}' where posting = 7",
      })
  void tellsWhereChannelMoneyAndTheLedgerDisagree(String finding, String violation) {
    assertThat(findings(violation)).contains(finding);
  }

  @Test
  void whatWasAskedBackIsNotMissing() {
    assertThat(findings(ASKED_BACK.formatted(100, 3, 100, 100))).isEmpty();
  }

  @Test
  void noMoreIsAskedBackThanWasPaid() {
    assertThat(
            findings(
                "update checkouts set amount_fen = 40 where checkout_id = 's.PAID';"
                    + ASKED_BACK.formatted(100, 3, 100, 100)))
        .contains("s.PAID is PAID, and of its 40 fen 100 are asked back");
  }

  @Test
  void whatWasAskedBackIsTakenOutOfSales() {
    assertThat(findings(ASKED_BACK.formatted(100, 1, 100, 100)))
        .contains(
            "RA should be in the ledger as SALES/ 100 -> CHANNEL/ALIPAY 100,"
                + " and is there as SUSPENSE/ 100 -> CHANNEL/ALIPAY 100",
            "P1 is SETTLED with 0 fen not gone back, and SUSPENSE holds -100 of it");
  }

  private static List<String> findings(String violation) {
    try (TestDatabase database = TestDatabase.create()) {
      database.jdbi().useTransaction(handle -> handle.createScript(BOOKS).execute());
      database.jdbi().useTransaction(handle -> handle.createScript(violation).execute());
      return new Audit(database.jdbi(), Clock.systemUTC(), Duration.ofMinutes(1))
          .run().stream().map(finding -> finding.key() + " " + finding.description()).toList();
    }
  }
}
