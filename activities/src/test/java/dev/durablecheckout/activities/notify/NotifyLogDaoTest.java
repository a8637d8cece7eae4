package dev.durablecheckout.activities.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.type.TypeReference;
import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.activities.channel.VerifiedPayment;
import dev.durablecheckout.activities.channel.VerifiedPayout;
import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.activities.checkout.SampleCheckout;
import dev.durablecheckout.activities.db.AtOnce;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.json.BookJson;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.PaymentRecorded;
import dev.durablecheckout.workflows.payment.Settlement;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every message is kept as it came; a verified one is kept once. */
final class NotifyLogDaoTest {
  private static final Instant FIRST = Instant.parse("2029-12-31T23:00:00Z");
  private static final Instant LATER = FIRST.plusSeconds(60);
  private static final SampleCheckout CHECKOUT = SampleCheckout.of("shop.A");
  private static final MerchantId SHOP = MerchantId.of("shop");
  private static final MerchantId OTHER = MerchantId.of("other");

  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void close() {
    database.close();
  }

  private NotifyLogDao log(Instant now) {
    return new NotifyLogDao(database.jdbi(), Clock.fixed(now, ZoneOffset.UTC));
  }

  private void open() {
    new CheckoutBooksImpl(database.jdbi(), Clock.systemUTC())
        .open(CHECKOUT.request(), CHECKOUT.payOrder(1));
  }

  private static NotifyMessage message(MerchantId merchant, byte[] body) {
    return new NotifyMessage(merchant, Channel.ALIPAY, body, ImmutableListMultimap.of());
  }

  private static NotifyMessage message(MerchantId merchant) {
    return message(merchant, new byte[] {'x'});
  }

  private static VerifiedPayment verified(String notifyId, TradeState state) {
    return new VerifiedPayment(notifyId, null, CHECKOUT.trade(1, state));
  }

  private long count(String condition) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select count(*) from notify_log where " + condition)
                    .mapTo(Long.class)
                    .one());
  }

  private <T> T column(String column, Class<T> type) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery("select " + column + " from notify_log").mapTo(type).one());
  }

  @Test
  void bodyAndHeadersAreKeptAsTheyCame() {
    byte[] body = new byte[256];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) i;
    }
    NotifyMessage message =
        new NotifyMessage(
            SHOP,
            Channel.ALIPAY,
            body,
            ImmutableListMultimap.of(
                "X-Twice", "b, \"quoted\" \\ ", "Accept", "*/*", "X-Twice", "a", "x-name", "支付\t"));
    log(FIRST).logVerified(message, verified("n1", TradeState.PAID));
    assertThat(column("raw_body", byte[].class)).isEqualTo(body);
    Map<String, List<String>> headers =
        BookJson.read(column("headers", String.class), new TypeReference<>() {});
    assertThat(headers)
        .isEqualTo(
            Map.of(
                "X-Twice", List.of("b, \"quoted\" \\ ", "a"),
                "Accept", List.of("*/*"),
                "x-name", List.of("支付\t")));
  }

  @Test
  void newsOfAPayoutIsOneRowHoweverOftenItComes() {
    VerifiedPayout news =
        new VerifiedPayout(
            "n1",
            WithdrawalNo.of("W1"),
            Money.ofFen(600),
            PayoutResult.returned("P-1", FIRST, null));

    LoggedPayout first = log(FIRST).logVerified(message(SHOP, new byte[] {1, 2}), news);
    LoggedPayout again = log(FIRST.plusSeconds(60)).logVerified(message(SHOP), news);
    LoggedPayout elsewhere = log(FIRST).logVerified(message(MerchantId.of("other")), news);

    assertThat(again).isEqualTo(first);
    assertThat(first.status()).isNull();
    assertThat(elsewhere.id()).isNotEqualTo(first.id());
    assertThat(
            count(
                "merchant = 'shop' and withdrawal_no = 'W1' and payout_state = 'RETURNED' and amount_fen = 600"
                    + " and deliveries = 2 and raw_body = '\\x0102' and applied_at is null"))
        .isEqualTo(1);
    assertThat(log(FIRST.plusSeconds(3_600)).relay(Duration.ZERO, 10, relayed -> fail("relayed")))
        .isZero();
  }

  @Test
  void aVerifiedBodyIsKeptWholeAndAnInvalidOneIsCut() {
    byte[] body = new byte[64 * 1024 + 1];
    log(FIRST).logVerified(message(SHOP, body), verified("n1", TradeState.PAID));
    assertThat(column("length(raw_body)", Integer.class)).isEqualTo(body.length);
    log(FIRST)
        .logInvalid(
            message(SHOP, body),
            new InvalidNotifyException(InvalidNotifyException.Reason.MALFORMED, "no notify_id"));
    log(FIRST)
        .logInvalid(
            message(SHOP, new byte[64 * 1024]),
            new InvalidNotifyException(InvalidNotifyException.Reason.MALFORMED, "no notify_id"));
    assertThat(count("verdict = 'MALFORMED' and length(raw_body) = 65536")).isEqualTo(2);
  }

  @Test
  void aResendIsCountedAndChangesNothingElse() {
    open();
    LoggedNotify first =
        log(FIRST).logVerified(message(SHOP, new byte[] {1}), verified("n1", TradeState.PAID));
    LoggedNotify again =
        log(LATER).logVerified(message(SHOP, new byte[] {2}), verified("n1", TradeState.PAID));
    assertThat(first)
        .isEqualTo(
            new LoggedNotify(again.id(), CHECKOUT.id(), PayOrderStatus.PAYING, false, false));
    assertThat(again)
        .isEqualTo(new LoggedNotify(first.id(), CHECKOUT.id(), PayOrderStatus.PAYING, true, false));
    assertThat(column("raw_body", byte[].class)).containsExactly(1);
    assertThat(column("deliveries", Integer.class)).isEqualTo(2);
    assertThat(column("received_at", Instant.class)).isEqualTo(FIRST);
    assertThat(column("last_received_at", Instant.class)).isEqualTo(LATER);
  }

  @Test
  void oneOfManyAtOnceIsTheFirst() throws Exception {
    List<LoggedNotify> logged =
        AtOnce.call(
            Collections.nCopies(
                12, () -> log(FIRST).logVerified(message(SHOP), verified("n1", TradeState.PAID))));
    assertThat(logged).extracting(LoggedNotify::repeated).containsOnlyOnce(false);
    assertThat(logged).extracting(LoggedNotify::id).containsOnly(logged.get(0).id());
    assertThat(column("deliveries", Integer.class)).isEqualTo(12);
  }

  @Test
  void whatAnotherMerchantOrAnotherStateSaysIsAnotherMessage() {
    open();
    log(FIRST).logVerified(message(SHOP), verified("n1", TradeState.UNPAID));
    LoggedNotify other = log(FIRST).logVerified(message(OTHER), verified("n1", TradeState.UNPAID));
    assertThat(other.repeated()).isFalse();
    assertThat(other.checkoutId()).as("a number of another merchant").isNull();
    assertThat(other.payOrderStatus()).isNull();
    assertThat(log(FIRST).logVerified(message(SHOP), verified("n1", TradeState.PAID)).repeated())
        .isFalse();
    assertThat(log(FIRST).logVerified(message(SHOP), verified("n2", TradeState.PAID)).repeated())
        .isFalse();
    assertThat(count("true")).isEqualTo(4);
  }

  @Test
  void theEchoedCheckoutCountsOnlyForItsOwnMerchant() {
    VerifiedPayment echoing =
        new VerifiedPayment("n1", CHECKOUT.id(), CHECKOUT.trade(1, TradeState.PAID));
    assertThat(log(FIRST).logVerified(message(SHOP), echoing).checkoutId())
        .isEqualTo(CHECKOUT.id());
    assertThat(log(FIRST).logVerified(message(OTHER), echoing).checkoutId()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void aForgedMessageIsLoggedAndDoesNotStandInTheWay(InvalidNotifyException.Reason reason) {
    InvalidNotifyException forged = new InvalidNotifyException(reason, "because");
    log(FIRST).logInvalid(message(SHOP), forged);
    log(FIRST).logInvalid(message(SHOP), forged);
    assertThat(
            count(
                "verdict = '"
                    + reason
                    + "' and verdict_detail = 'because' and checkout_id is null"))
        .isEqualTo(2);
    assertThat(log(FIRST).logVerified(message(SHOP), verified("n1", TradeState.PAID)).repeated())
        .isFalse();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery("select id from notify_log where verdict <> 'VERIFIED'")
                    .mapTo(Long.class)
                    .forEach(id -> NotifyLogDao.markApplied(handle, id, LATER)));
    assertThat(count("applied_at is not null")).isZero();
  }

  @Test
  void whatAQueryHasBookedIsAppliedWhetherItsNotifyCameBeforeOrAfterIt() {
    open();
    long unused = log(FIRST).logVerified(message(SHOP), verified("n1", TradeState.PAID)).id();
    PaymentRecorded booked =
        new CheckoutBooksImpl(database.jdbi(), Clock.systemUTC())
            .recordPayment(CHECKOUT.paid(1, null));
    assertThat(booked.settlement()).isEqualTo(Settlement.SETTLED);
    assertThat(count("applied_at is null")).isZero();

    long later = log(FIRST).logVerified(message(SHOP), verified("n2", TradeState.PAID)).id();
    assertThat(count("applied_at is null")).isEqualTo(1);
    assertThat(log(LATER).relay(Duration.ZERO, 10, notify -> {})).isEqualTo(1);
    assertThat(count("id = " + later + " and applied_at is not null and relayed_at is not null"))
        .isEqualTo(1);
  }

  @Test
  void theFirstTimeItWasAppliedStays() {
    long id = log(FIRST).logVerified(message(SHOP), verified("n1", TradeState.PAID)).id();
    database.jdbi().useHandle(handle -> NotifyLogDao.markApplied(handle, id, FIRST));
    database.jdbi().useHandle(handle -> NotifyLogDao.markApplied(handle, id, LATER));
    assertThat(column("applied_at", Instant.class)).isEqualTo(FIRST);
  }
}
