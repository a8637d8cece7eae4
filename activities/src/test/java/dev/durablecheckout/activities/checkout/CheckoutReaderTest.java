package dev.durablecheckout.activities.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.refund.RefundBooksImpl;
import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.Refusal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API reads of the books is one moment of them, in order, and the caller's own. */
final class CheckoutReaderTest {
  private static final int QUERIES = 4;
  private static final SampleCheckout CHECKOUT = SampleCheckout.of("shop.A");
  private static final SampleCheckout OTHERS = SampleCheckout.of("other.A");

  private final TestDatabase database = TestDatabase.create();
  private final CheckoutBooksImpl books = new CheckoutBooksImpl(database.jdbi(), Clock.systemUTC());
  private final RefundBooksImpl refunds = new RefundBooksImpl(database.jdbi(), Clock.systemUTC());
  private final CheckoutReader reader = new CheckoutReader(database.jdbi());

  @BeforeEach
  void open() {
    books.open(CHECKOUT.request(SampleCheckout.item("book", 7)), CHECKOUT.payOrder(1));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private CheckoutDetails read() {
    return reader.find(CHECKOUT.id()).orElseThrow();
  }

  /** Reads while {@code commit} runs on another connection, right after that many queries. */
  private CheckoutDetails readWhile(int afterQueries, Runnable commit) {
    AtomicInteger queries = new AtomicInteger();
    Jdbi interrupted = Jdbi.create(database.dataSource());
    interrupted.setSqlLogger(
        new SqlLogger() {
          @Override
          public void logAfterExecution(StatementContext context) {
            if (queries.incrementAndGet() == afterQueries) {
              commit.run();
            }
          }
        });
    CheckoutDetails details = new CheckoutReader(interrupted).find(CHECKOUT.id()).orElseThrow();
    assertThat(queries).as("queries of one reading").hasValue(QUERIES);
    return details;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aPaymentBetweenTwoQueriesIsNotHalfSeen(int afterQueries) {
    CheckoutDetails before = read();
    assertThat(before.checkout().status()).isEqualTo(CheckoutStatus.AWAITING_PAYMENT);
    assertThat(readWhile(afterQueries, () -> books.recordPayment(CHECKOUT.paid(1, null))))
        .isEqualTo(before);
    CheckoutDetails after = read();
    assertThat(after.checkout().status()).isEqualTo(CheckoutStatus.PAID);
    assertThat(after.paid()).isEqualTo(SampleCheckout.AMOUNT);
    assertThat(after.checkout().payOrders().get(0).status()).isEqualTo(PayOrderStatus.SUCCEEDED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aRefundBetweenTwoQueriesIsNotHalfSeen(int afterQueries) {
    books.recordClosed(CHECKOUT.closing());
    books.recordPayment(CHECKOUT.paid(1, null));
    refunds.beginRefund(CHECKOUT.refund(1));
    refunds.recordRefundRefused(
        CHECKOUT.refund(1).outRefundNo(), new Refusal(Refusal.Code.OTHER, "ACQ.X", "no"));
    refunds.retryRefund(CHECKOUT.refund(1).outRefundNo());
    CheckoutDetails before = read();
    assertThat(before.refunded()).isEqualTo(Money.ZERO);
    assertThat(before.checkout().attention()).isEqualTo(Attention.REFUND_FAILED);
    assertThat(
            readWhile(
                afterQueries,
                () ->
                    refunds.recordRefundSucceeded(
                        CHECKOUT.refund(1).outRefundNo(), SampleCheckout.DEADLINE)))
        .isEqualTo(before);
    assertThat(read().refunded()).isEqualTo(SampleCheckout.AMOUNT);
    assertThat(read().checkout().attention()).isNull();
  }

  @Test
  void allThatWasAskedForComesBack() {
    CheckoutDetails details = read();
    assertThat(details.items()).containsExactly(SampleCheckout.item("book", 7));
    assertThat(details.subject()).isEqualTo("A book");
    assertThat(details.buyerId()).isEqualTo("buyer");
    assertThat(details.fingerprint()).isEqualTo("fingerprint");
    assertThat(details.paid()).isEqualTo(Money.ZERO);
    assertThat(details.checkout().payOrders())
        .extracting(payOrder -> payOrder.payOrder())
        .containsExactly(CHECKOUT.payOrder(1));
  }

  @Test
  void theSameNumberOfAnotherMerchantIsAnotherCheckout() {
    assertThat(reader.find(OTHERS.id())).isEmpty();
    assertThat(reader.timeline(OTHERS.id())).isEmpty();
    assertThat(reader.findAll(List.of(CHECKOUT.id(), OTHERS.id()))).containsOnlyKeys(CHECKOUT.id());

    books.open(OTHERS.request(SampleCheckout.item("pen", 1)), OTHERS.payOrder(1));
    books.recordPayment(OTHERS.paid(1, null));
    Map<?, CheckoutDetails> both = reader.findAll(List.of(CHECKOUT.id(), OTHERS.id()));
    assertThat(both.get(CHECKOUT.id())).isEqualTo(read());
    assertThat(read().checkout().status()).isEqualTo(CheckoutStatus.AWAITING_PAYMENT);
    assertThat(read().items()).containsExactly(SampleCheckout.item("book", 7));
    assertThat(reader.timeline(CHECKOUT.id()))
        .extracting(TimelineEntry::kind)
        .containsExactly("OPENED", "PAY_ORDER_CREATED");
    assertThat(reader.timeline(OTHERS.id())).extracting(TimelineEntry::kind).contains("PAID");
  }

  @Test
  void theTimelineIsInTheOrderOfTimeAndANotifyComesBeforeWhatItLedTo() {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createScript(
                        """
                        delete from timeline;
                        insert into timeline (checkout_id, at, kind, detail, data) values
                          ('shop.A', '2029-01-01T00:00:03Z', 'LAST', '', '{}'),
                          ('shop.A', '2029-01-01T00:00:02Z', 'SECOND', '', '{}'),
                          ('shop.A', '2029-01-01T00:00:02Z', 'THIRD', '', '{}'),
                          ('other.A', '2029-01-01T00:00:02Z', 'FOREIGN', '', '{}'),
                          ('shop.A', '2029-01-01T00:00:01Z', 'FIRST', '', '{"n": [1, "two"]}');
                        insert into notify_log (merchant, channel, verdict, notify_id, checkout_id, out_trade_no,
                          trade_state, raw_body, headers, received_at, last_received_at) values
                          ('shop', 1, 'VERIFIED', 'later', 'shop.A', 'P', 'PAID', '', '{}',
                            '2029-01-01T00:00:02Z', '2029-01-01T00:00:09Z'),
                          ('shop', 1, 'VERIFIED', 'earlier', 'shop.A', 'P', 'UNPAID', '', '{}',
                            '2029-01-01T00:00:01.5Z', '2029-01-01T00:00:01.5Z'),
                          ('shop', 1, 'VERIFIED', 'later too', 'shop.A', 'P', 'CLOSED', '', '{}',
                            '2029-01-01T00:00:02Z', '2029-01-01T00:00:02Z'),
                          ('other', 1, 'VERIFIED', 'foreign', 'other.A', 'P', 'PAID', '', '{}',
                            '2029-01-01T00:00:02Z', '2029-01-01T00:00:02Z');
                        """)
                    .execute());
    List<TimelineEntry> timeline = reader.timeline(CHECKOUT.id());
    assertThat(timeline)
        .extracting(entry -> entry.kind() + entry.data().getOrDefault("notify_id", ""))
        .containsExactly(
            "FIRST", "NOTIFYearlier", "NOTIFYlater", "NOTIFYlater too", "SECOND", "THIRD", "LAST");
    assertThat(timeline.get(0).data()).isEqualTo(Map.of("n", List.of(1, "two")));
    assertThat(timeline.get(2).data())
        .containsEntry("verdict", "VERIFIED")
        .containsEntry("trade_state", "PAID")
        .containsEntry("applied", false);
  }
}
