package dev.durablecheckout.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.db.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Audit finds a planted violation of each law that the books can show. */
final class AuditTest {
  private static final String BOOKS =
      """
      insert into checkouts (checkout_id, merchant, merchant_order_no, request_id, fingerprint, subject, amount_fen,
        buyer_id, metadata, status, close_reason, deadline, created_at, updated_at)
      values ('s.PAID', 's', 'PAID', 'r', 'f', 'x', 100, 'b', '{}', 'PAID', null, now() + '1 h', now(), now() - interval '1 h'),
        ('s.SHUT', 's', 'SHUT', 'r', 'f', 'x', 100, 'b', '{}', 'CLOSED', 'EXPIRED', now() - interval '1 h', now(), now() - interval '1 h'),
        ('s.OPEN', 's', 'OPEN', 'r', 'f', 'x', 100, 'b', '{}', 'AWAITING_PAYMENT', null, now() + '1 h', now(), now() - interval '1 h');
      insert into pay_orders (out_trade_no, checkout_id, attempt, channel, method, amount_fen, subject, time_expire, status,
        settlement, trade_no, paid_fen, paid_at, created_at, updated_at)
      values ('P1', 's.PAID', 1, 1, 'QR', 100, 'x', now(), 'SUCCEEDED', 'SETTLED', 'T1', 100, now(), now(), now() - interval '1 h'),
        ('P2', 's.SHUT', 1, 1, 'QR', 100, 'x', now(), 'CLOSED', null, null, null, null, now(), now() - interval '1 h'),
        ('P3', 's.OPEN', 1, 1, 'QR', 100, 'x', now(), 'PAYING', null, null, null, null, now(), now() - interval '1 h');
      insert into events (event_id, merchant, type, checkout_id, body, created_at, delivered_at)
      values ('evt_paid_s.PAID', 's', 'CHECKOUT_PAID', 's.PAID', '{}', now() - interval '1 h', now()),
        ('evt_closed_s.SHUT', 's', 'CHECKOUT_CLOSED', 's.SHUT', '{}', now() - interval '1 h', now());
      insert into stock (merchant, sku, available, reserved, sold) values ('s', 'k', 5, 0, 1);
      insert into stock_reservations (checkout_id, sku, quantity, status) values ('s.PAID', 'k', 1, 'COMMITTED');
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
        "3 | update stock_reservations set status = 'RESERVED'",
        "3 | update stock set sold = 4",
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
      database.jdbi().useHandle(handle -> handle.createScript(BOOKS).execute());
      assertThat(audit.run()).as("before the violation").isEmpty();
      database.jdbi().useHandle(handle -> handle.createScript(violation).execute());
      assertThat(audit.run()).extracting(AuditFinding::law).contains(law);
    }
  }
}
