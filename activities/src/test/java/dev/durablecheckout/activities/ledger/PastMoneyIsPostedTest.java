package dev.durablecheckout.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.Resources;
import dev.durablecheckout.activities.db.SchemaMigration;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.payment.ChannelPostings;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.Settlement;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** V13 posts what an installation collected and sent back before there were postings for it. */
final class PastMoneyIsPostedTest {
  private static final ServiceOrderId SERVICE = ServiceOrderId.parse("s.UMBRELLA");
  private static final Instant BOOKED = Instant.parse("2026-11-01T00:00:00Z");

  private static final String BOOKS =
      """
      insert into checkouts (checkout_id, merchant, merchant_order_no, request_id, fingerprint, subject, amount_fen,
        buyer_id, metadata, status, close_reason, deadline, created_at, updated_at)
      select m || '.' || n, m, n, 'r', 'f', 'x', 100, 'b', '{}', 'PAID', null, now(), now(), now()
      from unnest(array['s', 't']) m, unnest(array['SOLD', 'TWICE', 'OPEN', 'CASH']) n;
      insert into pay_orders (out_trade_no, checkout_id, attempt, channel, method, amount_fen, subject, time_expire, status,
        settlement, trade_no, paid_fen, paid_at, created_at, updated_at)
      values ('P1', 's.SOLD', 1, 1, 'QR', 100, 'x', now(), 'SUCCEEDED', 'SETTLED', 'T1', 100, now(), now(), '2026-11-01T00:00:00Z'),
        ('P2', 's.TWICE', 1, 2, 'QR', 100, 'x', now(), 'SUCCEEDED', 'SETTLED', 'T2', 100, now(), now(), '2026-11-02T00:00:00Z'),
        ('P3', 's.TWICE', 2, 1, 'QR', 100, 'x', now(), 'SUCCEEDED', 'DUPLICATE', 'T3', 100, now(), now(), '2026-11-03T00:00:00Z'),
        ('P4', 't.SOLD', 1, 2, 'QR', 100, 'x', now(), 'SUCCEEDED', 'LATE', 'T4', 100, now(), now(), '2026-11-04T00:00:00Z'),
        ('P5', 's.OPEN', 1, 1, 'QR', 100, 'x', now(), 'PAYING', null, null, null, null, now(), now()),
        ('P6', 's.CASH', 1, 3, 'BALANCE', 100, 'x', now(), 'SUCCEEDED', 'SETTLED', 'W6', 100, now(), now(), now()),
        ('P7', 's.CASH', 2, 1, 'QR', 100, 'x', now(), 'CLOSED', null, null, null, null, now(), now());
      insert into refunds values
        ('RP3', 'P3', 's.TWICE', 1, 100, 100, 'DUPLICATE', 'SUCCEEDED', now(), null, null, null, now(), '2026-11-05T00:00:00Z'),
        ('RP4', 'P4', 't.SOLD', 2, 100, 100, 'LATE', 'PROCESSING', null, null, null, null, now(), now()),
        ('RP6', 'P6', 's.CASH', 3, 100, 100, 'LATE', 'SUCCEEDED', now(), null, null, null, now(), now());
      insert into ledger_accounts (merchant, kind, owner, created_at)
      values ('s', 'WALLET', 'b', now()), ('s', 'SALES', '', now());
      insert into ledger_postings (merchant, business_key, kind, lines, posted_at, detail)
      values ('s', 'wallet-payment:P6', 'WALLET_PAYMENT', 2, now(), '{}');
      insert into ledger_entries values (1, 1, 1, 100, 0), (1, 2, 2, 0, 100);
      insert into service_orders (service_order_id, merchant, merchant_order_no, out_order_no, request_id, fingerprint,
        introduction, risk_fund_name, risk_fund_fen, buyer_id, metadata, status, paid_fen, created_at, updated_at)
      values ('s.UMBRELLA', 's', 'UMBRELLA', '%s', 'r', 'f', 'x', 'DEPOSIT', 9900, 'b', '{}', 'SETTLED', 1500, now(), '2026-11-06T00:00:00Z'),
        ('s.FREE', 's', 'FREE', 'S-FREE', 'r', 'f', 'x', 'DEPOSIT', 9900, 'b', '{}', 'SETTLED', 0, now(), now()),
        ('s.LENT', 's', 'LENT', 'S-LENT', 'r', 'f', 'x', 'DEPOSIT', 9900, 'b', '{}', 'CONFIRMED', null, now(), now());
      """
          .formatted(SERVICE.outOrderNo());

  private static final List<String> POSTED =
      List.of(
          "s wallet-payment:P6 WALLET_PAYMENT: WALLET/b -> SALES/ 100",
          "s payment:P1 PAYMENT: CHANNEL/ALIPAY -> SALES/ 100",
          "s payment:P2 PAYMENT: CHANNEL/WECHAT_PAY -> SALES/ 100",
          "s payment:P3 PAYMENT: CHANNEL/ALIPAY -> SUSPENSE/ 100",
          "t payment:P4 PAYMENT: CHANNEL/WECHAT_PAY -> SUSPENSE/ 100",
          "s refund:RP3 REFUND: SUSPENSE/ -> CHANNEL/ALIPAY 100",
          "s service-order:"
              + SERVICE.outOrderNo()
              + " PAYMENT: CHANNEL/WECHAT_PAY -> SALES/ 1500");

  private final TestDatabase database = TestDatabase.createAt("12");

  @BeforeEach
  void migrate() {
    database.jdbi().useTransaction(handle -> handle.createScript(BOOKS).execute());
    assertThat(SchemaMigration.migrate(database.configuration())).isPositive();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private List<String> posted() {
    return PostedLines.of(database.jdbi());
  }

  @Test
  void eachMovementThatWasBookedIsPostedWhenItWasBooked() {
    assertThat(posted()).containsExactlyElementsOf(POSTED);
    Instant postedAt =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select posted_at from ledger_postings where business_key = 'payment:P1'")
                        .mapTo(Instant.class)
                        .one());
    assertThat(postedAt).isEqualTo(BOOKED);
  }

  @Test
  void whatIsPostedAlreadyIsLeftAsItIs() throws IOException {
    String migration =
        Resources.toString(
            Resources.getResource("db/migration/V13__ledger_of_all_money.sql"),
            StandardCharsets.UTF_8);

    database
        .jdbi()
        .useTransaction(
            handle ->
                handle.createScript("drop index ledger_postings_time;" + migration).execute());

    assertThat(posted()).containsExactlyElementsOf(POSTED);
  }

  /** The same key with other contents would be refused: a worker would never get past it. */
  @Test
  void whoeverPostsOneOfTheseAgainFindsIt() {
    database.jdbi().useTransaction(PastMoneyIsPostedTest::postAgain);

    assertThat(posted()).containsExactlyElementsOf(POSTED);
  }

  private static void postAgain(Handle handle) {
    Money amount = new Money(100);
    Instant now = Instant.now();
    CheckoutId twice = CheckoutId.parse("s.TWICE");
    OutTradeNo first = OutTradeNo.of("P2");
    OutTradeNo second = OutTradeNo.of("P3");
    ChannelPostings.postPayment(
        handle, payOrder(first, twice, Channel.WECHAT_PAY), Settlement.SETTLED, now);
    ChannelPostings.postPayment(
        handle, payOrder(second, twice, Channel.ALIPAY), Settlement.DUPLICATE, now);
    ChannelPostings.postRefund(
        handle,
        new RefundOrder(
            OutRefundNo.of("RP3"),
            twice,
            second,
            Channel.ALIPAY,
            amount,
            amount,
            RefundReason.DUPLICATE),
        now);
    ChannelPostings.postServiceOrder(handle, SERVICE, new Money(1500), now);
  }

  private static PayOrder payOrder(OutTradeNo no, CheckoutId id, Channel channel) {
    return new PayOrder(
        no, id, 1, channel, PayMethod.QR, new Money(100), "x", Instant.EPOCH, null, "b", null);
  }
}
