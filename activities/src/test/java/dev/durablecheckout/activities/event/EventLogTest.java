package dev.durablecheckout.activities.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.activities.checkout.SampleCheckout;
import dev.durablecheckout.activities.db.AtOnce;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.refund.RefundBooksImpl;
import dev.durablecheckout.activities.stock.StockDao;
import dev.durablecheckout.workflows.event.OrderEvent;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The outbox: an event exists exactly if what it tells has happened, and keeps one id and body. */
final class EventLogTest {
  /** A refusal of the first write, and one of the commit, when all else has been written. */
  private static final String NO_EVENTS =
      "alter table events add constraint no_events check (false) not valid";

  private static final String NO_COMMIT =
      """
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no commit'; end $$;
      create constraint trigger no_commit after insert on events deferrable initially deferred
        for each row execute function refuse();
      """;

  private static final SampleCheckout CHECKOUT = SampleCheckout.of("shop.A");
  private static final Instant NOON = Instant.parse("2029-12-31T12:00:00Z");

  /** Each change of state that the order system hears of. */
  enum Change {
    PAID {
      @Override
      OrderEvent make(CheckoutBooksImpl books, RefundBooksImpl refunds) {
        return books.recordPayment(CHECKOUT.paid(1, null)).event();
      }
    },
    CLOSED {
      @Override
      OrderEvent make(CheckoutBooksImpl books, RefundBooksImpl refunds) {
        return books.recordClosed(CHECKOUT.closing()).event();
      }
    },
    REFUNDED {
      @Override
      void prepare(CheckoutBooksImpl books, RefundBooksImpl refunds) {
        books.recordClosed(CHECKOUT.closing());
        books.recordPayment(CHECKOUT.paid(1, null));
        refunds.beginRefund(CHECKOUT.refund(1));
      }

      @Override
      OrderEvent make(CheckoutBooksImpl books, RefundBooksImpl refunds) {
        return refunds.recordRefundSucceeded(CHECKOUT.refund(1).outRefundNo(), NOON).event();
      }
    };

    void prepare(CheckoutBooksImpl books, RefundBooksImpl refunds) {}

    abstract OrderEvent make(CheckoutBooksImpl books, RefundBooksImpl refunds);
  }

  private final TestDatabase database = TestDatabase.create();

  @BeforeEach
  void open() {
    database
        .jdbi()
        .useTransaction(handle -> StockDao.set(handle, CHECKOUT.id().merchant(), "book", 5));
    books(NOON).open(CHECKOUT.request(SampleCheckout.item("book", 2)), CHECKOUT.payOrder(1));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private CheckoutBooksImpl books(Instant now) {
    return new CheckoutBooksImpl(database.jdbi(), Clock.fixed(now, ZoneOffset.UTC));
  }

  private RefundBooksImpl refunds(Instant now) {
    return new RefundBooksImpl(database.jdbi(), Clock.fixed(now, ZoneOffset.UTC));
  }

  private EventLog log(Instant now) {
    return new EventLog(database.jdbi(), Clock.fixed(now, ZoneOffset.UTC));
  }

  private OrderEvent make(Change change, Instant now) {
    return change.make(books(now), refunds(now));
  }

  private List<String> rows(String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  /** All rows of the books, with their versions. */
  private List<String> everything() {
    return rows(
        """
        select 'checkout ' || xmin || cast(to_jsonb(t) as text) from checkouts t
        union all select 'pay order ' || xmin || cast(to_jsonb(t) as text) from pay_orders t
        union all select 'refund ' || xmin || cast(to_jsonb(t) as text) from refunds t
        union all select 'stock ' || xmin || cast(to_jsonb(t) as text) from stock t
        union all select 'reservation ' || xmin || cast(to_jsonb(t) as text) from stock_reservations t
        union all select 'event ' || xmin || cast(to_jsonb(t) as text) from events t
        union all select 'timeline ' || xmin || cast(to_jsonb(t) as text) from timeline t
        order by 1
        """);
  }

  /** By JDBC itself: Jdbi would cut the function in two at its semicolon. */
  private void obstruct(String sql) throws SQLException {
    database
        .jdbi()
        .useHandle(
            handle -> {
              try (Statement statement = handle.getConnection().createStatement()) {
                statement.execute(sql);
              }
            });
  }

  @ParameterizedTest
  @EnumSource
  void withoutItsEventNothingHasHappened(Change change) throws SQLException {
    assertNothingHappens(change, NO_EVENTS);
  }

  @ParameterizedTest
  @EnumSource
  void withoutTheCommitThereIsNoEvent(Change change) throws SQLException {
    assertNothingHappens(change, NO_COMMIT);
  }

  private void assertNothingHappens(Change change, String obstacle) throws SQLException {
    change.prepare(books(NOON), refunds(NOON));
    obstruct(obstacle);
    List<String> before = everything();
    assertThatThrownBy(() -> make(change, NOON)).isInstanceOf(JdbiException.class);
    assertThat(everything()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void oneEventHoweverOftenItIsRecorded(Change change) throws Exception {
    change.prepare(books(NOON), refunds(NOON));
    OrderEvent first = make(change, NOON);
    assertThat(first.type().name()).endsWith(change.name());
    List<String> once = everything();
    Instant later = NOON.plusSeconds(60);
    assertThat(AtOnce.call(Collections.nCopies(6, () -> make(change, later)))).containsOnly(first);
    assertThat(everything()).isEqualTo(once);
    assertThat(rows("select body from events where event_id = '" + first.eventId() + "'"))
        .containsExactly(first.body());
  }

  @ParameterizedTest
  @EnumSource
  void oneEventThoughAllRecordItAtOnce(Change change) throws Exception {
    change.prepare(books(NOON), refunds(NOON));
    List<OrderEvent> events = AtOnce.call(Collections.nCopies(8, () -> make(change, NOON)));
    assertThat(events).containsOnly(events.get(0)).doesNotContainNull();
    assertThat(rows("select type from events where type like '%" + change.name() + "'")).hasSize(1);
  }

  @Test
  void theFirstAcknowledgementCountsAndIsOneLineOfTheTimeline() throws Exception {
    OrderEvent event = make(Change.PAID, NOON);
    assertThat(books(NOON).open(CHECKOUT.request(), CHECKOUT.payOrder(1)).undelivered())
        .isEqualTo(event);
    AtOnce.call(
        Collections.nCopies(
            6,
            () -> {
              log(NOON).markDelivered(event.eventId());
              return true;
            }));
    log(NOON.plusSeconds(60)).markDelivered(event.eventId());
    assertThat(
            rows(
                "select delivered_at = timestamptz '2029-12-31T12:00:00Z' from events where delivered_at is not null"))
        .containsExactly("t");
    assertThat(
            rows(
                "select checkout_id || ' ' || (data ->> 'event_id') from timeline where kind = 'EVENT_DELIVERED'"))
        .containsExactly("shop.A " + event.eventId());
    assertThat(books(NOON).open(CHECKOUT.request(), CHECKOUT.payOrder(1)).undelivered()).isNull();
  }

  @Test
  void theLastErrorIsKeptUntilItIsDelivered() {
    OrderEvent event = make(Change.CLOSED, NOON);
    log(NOON).markFailed(event.eventId(), "no answer");
    log(NOON).markFailed(event.eventId(), "HTTP status 500");
    assertThat(rows("select last_error from events where delivered_at is null"))
        .containsExactly("HTTP status 500");
    log(NOON).markDelivered(event.eventId());
    List<String> delivered = everything();
    log(NOON).markFailed(event.eventId(), "an answer that was overtaken");
    assertThat(everything()).isEqualTo(delivered);
    assertThat(rows("select event_id from events where last_error is null"))
        .containsExactly(event.eventId());
  }

  @Test
  void anEventThatDoesNotExistIsNotDelivered() {
    List<String> before = everything();
    log(NOON).markDelivered("evt_paid_shop.B");
    log(NOON).markFailed("evt_paid_shop.B", "no answer");
    assertThat(everything()).isEqualTo(before);
  }
}
