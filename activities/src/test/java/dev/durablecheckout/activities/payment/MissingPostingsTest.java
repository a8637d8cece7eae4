package dev.durablecheckout.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.audit.Audit;
import dev.durablecheckout.activities.audit.AuditFinding;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.ledger.PostedLines;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a worker from before has booked gets its postings, once. */
final class MissingPostingsTest {
  private static final String SERVICE_NO = ServiceOrderId.parse("s.LENT").outOrderNo();

  /** As it books: no postings, and one wallet payment that is none of ours. */
  private static final String BOOKED =
      """
      insert into checkouts (checkout_id, merchant, merchant_order_no, request_id, fingerprint, subject, amount_fen,
        buyer_id, metadata, status, close_reason, deadline, created_at, updated_at)
      values ('s.A', 's', 'A', 'r', 'f', 'x', 100, 'b', '{}', 'PAID', null, now(), now(), now());
      insert into pay_orders (out_trade_no, checkout_id, attempt, channel, method, amount_fen, subject, time_expire, status,
        settlement, trade_no, paid_fen, paid_at, created_at, updated_at)
      values ('P1', 's.A', 1, 1, 'QR', 100, 'x', now(), 'SUCCEEDED', 'SETTLED', 'T1', 100, now(), now(), now()),
        ('P2', 's.A', 2, 2, 'QR', 100, 'x', now(), 'SUCCEEDED', 'DUPLICATE', 'T2', 100, now(), now(), now()),
        ('P3', 's.A', 3, 1, 'QR', 100, 'x', now(), 'CLOSED', null, null, null, null, now(), now());
      insert into refunds values
        ('R2', 'P2', 's.A', 2, 100, 100, 'DUPLICATE', 'SUCCEEDED', now(), null, null, null, now(), now());
      insert into service_orders (service_order_id, merchant, merchant_order_no, out_order_no, request_id, fingerprint,
        introduction, risk_fund_name, risk_fund_fen, buyer_id, metadata, status, paid_fen, created_at, updated_at)
      values ('s.LENT', 's', 'LENT', '%s', 'r', 'f', 'x', 'DEPOSIT', 9900, 'b', '{}', 'SETTLED', 1500, now(), now());
      """
          .formatted(SERVICE_NO);

  private final TestDatabase database = TestDatabase.create();
  private final MissingPostings missing = new MissingPostings(database.jdbi(), Clock.systemUTC());

  @BeforeEach
  void book() {
    database.jdbi().useTransaction(handle -> handle.createScript(BOOKED).execute());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private List<Integer> brokenLaws() {
    return new Audit(database.jdbi(), Clock.systemUTC(), Duration.ZERO)
        .run().stream().map(AuditFinding::law).toList();
  }

  @Test
  void eachIsPostedOnce() {
    assertThat(brokenLaws()).contains(4);

    assertThat(missing.post()).isEqualTo(4);
    assertThat(missing.post()).isZero();

    assertThat(PostedLines.of(database.jdbi()))
        .containsExactlyInAnyOrder(
            "s payment:P1 PAYMENT: CHANNEL/ALIPAY -> SALES/ 100",
            "s payment:P2 PAYMENT: CHANNEL/WECHAT_PAY -> SUSPENSE/ 100",
            "s refund:R2 REFUND: SUSPENSE/ -> CHANNEL/WECHAT_PAY 100",
            "s service-order:" + SERVICE_NO + " PAYMENT: CHANNEL/WECHAT_PAY -> SALES/ 1500");
    assertThat(brokenLaws()).doesNotContain(4);
  }
}
