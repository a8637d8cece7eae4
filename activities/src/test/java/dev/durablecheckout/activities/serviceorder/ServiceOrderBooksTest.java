package dev.durablecheckout.activities.serviceorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.activities.channel.VerifiedServiceOrder;
import dev.durablecheckout.activities.checkout.TimelineEntry;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.event.EventLog;
import dev.durablecheckout.activities.ledger.PostedLines;
import dev.durablecheckout.activities.notify.LoggedServiceOrder;
import dev.durablecheckout.activities.notify.NotifyLogDao;
import dev.durablecheckout.activities.notify.NotifyMessage;
import dev.durablecheckout.activities.notify.UnrelayedServiceOrder;
import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.serviceorder.RiskFund;
import dev.durablecheckout.workflows.serviceorder.ServiceBill;
import dev.durablecheckout.workflows.serviceorder.ServiceFee;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderProgress;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRecord;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRequest;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult.State;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderStatus;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the books keep of a service order. */
final class ServiceOrderBooksTest {
  private static final ServiceOrderId ID = ServiceOrderId.parse("shop.UMBRELLA-1");
  private static final Instant START = Instant.parse("2026-11-24T02:00:00Z");
  private static final Instant END = Instant.parse("2026-11-24T05:00:00Z");
  private static final ServiceBill BILL =
      new ServiceBill(List.of(new ServiceFee("Umbrella", new Money(1500), null, 3)), List.of());

  private final TestDatabase database = TestDatabase.create();
  private final Clock clock = Clock.systemUTC();
  private final ServiceOrderBooksImpl books = new ServiceOrderBooksImpl(database.jdbi(), clock);
  private final ServiceOrderReader reader = new ServiceOrderReader(database.jdbi());
  private final NotifyLogDao notifyLog = new NotifyLogDao(database.jdbi(), clock);

  @AfterEach
  void close() {
    database.close();
  }

  private static ServiceOrderRequest request(String id, String fingerprint, @Nullable String key) {
    return new ServiceOrderRequest(
        ServiceOrderId.parse(id),
        "request",
        fingerprint,
        key,
        "An umbrella",
        new RiskFund(RiskFund.Name.DEPOSIT, new Money(9900)),
        "buyer",
        Map.of("store", "2"));
  }

  private ServiceOrderRecord open() {
    return books.open(request(ID.value(), "fingerprint", "key"));
  }

  private static ServiceOrderResult facts(State state) {
    boolean settled = state == State.SETTLED;
    return new ServiceOrderResult(
        state,
        "1000",
        START,
        null,
        settled ? TradeNo.of("42000001") : null,
        settled ? new Money(1500) : null,
        settled ? END : null);
  }

  private ServiceOrderRecord record(ServiceOrderStatus to, State state, @Nullable Long notify) {
    return books.record(new ServiceOrderProgress(ID, to, facts(state), PaySource.NOTIFY, notify));
  }

  private List<String> kinds() {
    return reader.timeline(ID).stream().map(TimelineEntry::kind).toList();
  }

  @Test
  void isKeptFromTheRequestToTheCollection() {
    assertThat(open().status()).isEqualTo(ServiceOrderStatus.CREATED);
    record(ServiceOrderStatus.CONFIRMED, State.CONFIRMED, null);
    books.recordBill(ID, BILL, END);
    record(ServiceOrderStatus.COMPLETED, State.COLLECTING, null);
    ServiceOrderRecord settled = record(ServiceOrderStatus.SETTLED, State.SETTLED, null);

    assertThat(settled.status()).isEqualTo(ServiceOrderStatus.SETTLED);
    assertThat(settled.startedAt()).isEqualTo(START);
    assertThat(settled.endedAt()).isEqualTo(END);
    assertThat(settled.bill()).isEqualTo(BILL);
    assertThat(settled.paid()).isEqualTo(new Money(1500));
    assertThat(settled.transactionId()).isEqualTo(TradeNo.of("42000001"));
    assertThat(settled.undelivered().stream().map(OrderEvent::eventId))
        .containsExactly("evt_service_confirmed_" + ID, "evt_service_settled_" + ID);
    assertThat(kinds()).containsExactly("OPENED", "CONFIRMED", "BILLED", "COMPLETED", "SETTLED");
  }

  @Test
  void whatWasCollectedIsASaleThatIsPostedOnce() {
    open();
    record(ServiceOrderStatus.CONFIRMED, State.CONFIRMED, null);
    books.recordBill(ID, BILL, END);
    record(ServiceOrderStatus.COMPLETED, State.COLLECTING, null);
    assertThat(PostedLines.of(database.jdbi())).as("before it is collected").isEmpty();
    record(ServiceOrderStatus.SETTLED, State.SETTLED, null);
    record(ServiceOrderStatus.SETTLED, State.SETTLED, null);

    assertThat(PostedLines.of(database.jdbi()))
        .containsExactly(
            "shop service-order:"
                + ID.outOrderNo()
                + " PAYMENT: CHANNEL/WECHAT_PAY -> SALES/ 1500");
  }

  @Test
  void theSameTwiceChangesNothing() {
    open();
    record(ServiceOrderStatus.CONFIRMED, State.CONFIRMED, null);
    ServiceOrderRecord again = record(ServiceOrderStatus.CONFIRMED, State.CONFIRMED, null);
    books.recordBill(ID, BILL, END);
    books.recordBill(ID, BILL, END);

    assertThat(again.undelivered()).hasSize(1);
    assertThat(open().status()).isEqualTo(ServiceOrderStatus.CONFIRMED);
    assertThat(kinds()).containsExactly("OPENED", "CONFIRMED", "BILLED");
  }

  @Test
  void aMoveThatIsNotAllowedChangesNothing() {
    open();

    assertThat(record(ServiceOrderStatus.SETTLED, State.SETTLED, null).status())
        .isEqualTo(ServiceOrderStatus.CREATED);
    assertThat(kinds()).containsExactly("OPENED");
  }

  @Test
  void nothingIsBilledBeforeTheServiceBegan() {
    open();
    books.recordBill(ID, BILL, END);

    assertThat(open().bill()).isNull();
  }

  @Test
  void aRefusalIsKept() {
    open();
    Refusal refusal = new Refusal(Refusal.Code.MERCHANT_ACCOUNT, "NO_AUTH", "无权限");
    books.recordRefused(ID, refusal);
    books.recordRefused(ID, refusal);

    assertThat(open().status()).isEqualTo(ServiceOrderStatus.REFUSED);
    assertThat(open().refusal()).isEqualTo(refusal);
    assertThat(kinds()).containsExactly("OPENED", "REFUSED");
  }

  @Test
  void anotherRequestUnderTheSameNumberOrKeyIsRefused() {
    open();
    assertThatThrownBy(() -> books.open(request(ID.value(), "another", null)))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure ->
                assertThat(failure.getType())
                    .isEqualTo(FailureType.MERCHANT_ORDER_NO_REUSED.name()));
    assertThatThrownBy(() -> books.open(request("shop.OTHER", "another", "key")))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure ->
                assertThat(failure.getType()).isEqualTo(FailureType.IDEMPOTENCY_KEY_REUSED.name()));
  }

  @Test
  void attentionIsRaisedAndTakenBack() {
    open();
    books.recordAttention(ID, Attention.CHANNEL_UNREACHABLE, "no answer");
    books.recordAttention(ID, Attention.CHANNEL_UNREACHABLE, "no answer");
    assertThat(open().attention()).isEqualTo(Attention.CHANNEL_UNREACHABLE);
    books.recordAttention(ID, null, "answered");

    assertThat(open().attention()).isNull();
    assertThat(kinds()).containsExactly("OPENED", "ATTENTION", "ATTENTION");
  }

  @Test
  void aDeliveredEventIsNotGivenOutAgain() {
    open();
    ServiceOrderRecord confirmed = record(ServiceOrderStatus.CONFIRMED, State.CONFIRMED, null);
    new EventLog(database.jdbi(), clock).markDelivered(confirmed.undelivered().get(0).eventId());

    assertThat(open().undelivered()).isEmpty();
    assertThat(kinds()).containsExactly("OPENED", "CONFIRMED", "EVENT_DELIVERED");
  }

  private LoggedServiceOrder notify(String notifyId, @Nullable ServiceOrderId echoed) {
    return notifyLog.logVerified(
        new NotifyMessage(
            MerchantId.of("shop"),
            Channel.WECHAT_PAY,
            new byte[] {1},
            ImmutableListMultimap.of("a", "b")),
        new VerifiedServiceOrder(notifyId, ID.outOrderNo(), echoed, facts(State.CONFIRMED)));
  }

  @Test
  void aNotifyIsLoggedOnceAndAppliedWithTheMove() {
    open();
    LoggedServiceOrder first = notify("n1", null);
    LoggedServiceOrder second = notify("n1", ID);

    assertThat(first.serviceOrderId()).as("found by its number").isEqualTo(ID);
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(relayed()).hasSize(1);
    notify("n2", null);
    record(ServiceOrderStatus.CONFIRMED, State.CONFIRMED, notify("n2", null).id());
    assertThat(relayed()).as("applied").isEmpty();
  }

  private List<UnrelayedServiceOrder> relayed() {
    List<UnrelayedServiceOrder> relayed = new ArrayList<>();
    int count = notifyLog.relayServiceOrders(Duration.ZERO, 10, relayed::add);
    assertThat(count).isEqualTo(relayed.size());
    return relayed;
  }

  @Test
  void aNotifyThatWaitsComesWithAllThatItSaid() {
    open();
    LoggedServiceOrder logged = notify("n1", null);

    UnrelayedServiceOrder waiting = relayed().get(0);

    assertThat(waiting.serviceOrderId()).isEqualTo(ID);
    assertThat(waiting.notified().order()).isEqualTo(facts(State.CONFIRMED));
    assertThat(waiting.notified().notifyLogId()).isEqualTo(logged.id());
    assertThat(relayed()).as("once").isEmpty();
  }

  @Test
  void anotherMerchantsEchoIsNotBelieved() {
    assertThat(notify("n1", ServiceOrderId.parse("other.UMBRELLA-1")).serviceOrderId()).isNull();
  }
}
