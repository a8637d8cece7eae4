package dev.durablecheckout.activities.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.activities.checkout.SampleCheckout;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A payment beyond a limit is refused before the channel is asked, and the limit is named. */
final class PayLimitsTest {
  /** 23:00 in China. */
  private static final Instant EVENING = Instant.parse("2026-03-01T15:00:00Z");

  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void close() {
    database.close();
  }

  private PayLimits limits(PayLimitConfiguration... limits) {
    return new PayLimits(
        database.jdbi(), List.of(merchant("shop", limits), merchant("other", limits)));
  }

  private static MerchantConfiguration merchant(String id, PayLimitConfiguration... limits) {
    return new MerchantConfiguration(
        MerchantId.of(id), "A shop", null, null, null, null, null, List.of(limits));
  }

  private static PayLimitConfiguration alipay(
      @Nullable PayMethod method, @Nullable Long min, @Nullable Long max, @Nullable Long daily) {
    return new PayLimitConfiguration(Channel.ALIPAY, method, min, max, daily);
  }

  /** A checkout over 700 fen of the one buyer, whose pay order is about to be created. */
  private PayOrder begun(String checkout, Instant at) {
    SampleCheckout sample = SampleCheckout.of(checkout);
    return books(at).open(sample.request(), sample.payOrder(1)).payOrders().get(0).payOrder();
  }

  private CheckoutBooksImpl books(Instant at) {
    return new CheckoutBooksImpl(database.jdbi(), Clock.fixed(at, ZoneOffset.UTC));
  }

  @Test
  void whatIsWithinTheLimitsPasses() {
    PayOrder payOrder = begun("shop.A", EVENING);

    assertThat(limits().refusal(payOrder)).isEmpty();
    assertThat(limits(alipay(null, 700L, 700L, 700L)).refusal(payOrder)).isEmpty();
  }

  @Test
  void belowTheMinimum() {
    assertRefused(
        limits(alipay(null, 701L, null, null)).refusal(begun("shop.A", EVENING)),
        Refusal.Code.LIMIT,
        "MINIMUM_FEN",
        "alipay qr takes 701 fen or more, not 700");
  }

  @Test
  void aboveTheMaximum() {
    assertRefused(
        limits(alipay(null, null, 699L, null)).refusal(begun("shop.A", EVENING)),
        Refusal.Code.LIMIT,
        "MAXIMUM_FEN",
        "alipay qr takes 699 fen or less, not 700");
  }

  @Test
  void aLimitOfAnotherMethodOrChannelDoesNotCount() {
    PayOrder payOrder = begun("shop.A", EVENING);

    assertThat(limits(alipay(PayMethod.PAGE, 701L, null, null)).refusal(payOrder)).isEmpty();
    assertThat(
            limits(new PayLimitConfiguration(Channel.WECHAT_PAY, null, 701L, null, null))
                .refusal(payOrder))
        .isEmpty();
  }

  @Test
  void everyLimitThatFitsMustBeKept() {
    assertThat(
            limits(alipay(null, 1L, null, null), alipay(PayMethod.QR, 701L, null, null))
                .refusal(begun("shop.A", EVENING)))
        .isPresent();
  }

  @Test
  void whatTheBuyerIsPayingAndHasPaidTodayCounts() {
    PayLimits limits = limits(alipay(null, null, null, 2_099L));
    begun("shop.A", EVENING);
    begun("shop.B", EVENING.plusSeconds(1));
    books(EVENING.plusSeconds(2)).recordPayment(SampleCheckout.of("shop.B").paid(1, null));

    assertRefused(
        limits.refusal(begun("shop.C", EVENING.plusSeconds(3))),
        Refusal.Code.DAILY_LIMIT,
        "DAILY_BUYER_FEN",
        "alipay qr takes 2099 fen of a buyer in a day; 1400 are paid or being paid, 700 would be"
            + " too much");
  }

  @Test
  void ofTwoThatFitOnlyOneByOneTheFirstPassesHoweverOftenItIsAsked() {
    PayLimits limits = limits(alipay(null, null, null, 700L));
    PayOrder first = begun("shop.A", EVENING);
    PayOrder second = begun("shop.B", EVENING.plusSeconds(1));

    assertThat(limits.refusal(second)).isPresent();
    assertThat(limits.refusal(first)).isEmpty();
    books(EVENING).recordPayment(SampleCheckout.of("shop.A").paid(1, null));
    assertThat(limits.refusal(first)).isEmpty();
    assertThat(limits.refusal(second)).isPresent();
  }

  @Test
  void whatWasClosedDoesNotCount() {
    PayLimits limits = limits(alipay(null, null, null, 700L));
    begun("shop.A", EVENING);
    PayOrder second = begun("shop.B", EVENING.plusSeconds(1));
    books(EVENING.plusSeconds(2)).recordClosed(SampleCheckout.of("shop.A").closing());

    assertThat(limits.refusal(second)).isEmpty();
  }

  @Test
  void theDayIsChinas() {
    PayLimits limits = limits(alipay(null, null, null, 700L));
    begun("shop.A", EVENING);

    assertThat(limits.refusal(begun("shop.B", EVENING.plusSeconds(3_599)))).isPresent();
    assertThat(limits.refusal(begun("shop.C", EVENING.plusSeconds(3_600)))).isEmpty();
  }

  @Test
  void anotherMerchantsCheckoutsDoNotCount() {
    PayLimits limits = limits(alipay(null, null, null, 700L));
    begun("other.A", EVENING);

    assertThat(limits.refusal(begun("shop.B", EVENING.plusSeconds(1)))).isEmpty();
  }

  @Test
  void aLimitThatCannotBeIsRefusedAtTheStart() {
    assertThatThrownBy(() -> alipay(PayMethod.H5, 1L, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ALIPAY has no H5");
    assertThatThrownBy(() -> alipay(null, 2L, 1L, null))
        .hasMessage("minimum_fen is above maximum_fen");
    assertThatThrownBy(() -> alipay(null, null, 0L, null)).hasMessage("a limit is more than 0 fen");
  }

  private static void assertRefused(
      Optional<Refusal> refusal, Refusal.Code code, String limit, String message) {
    assertThat(refusal).contains(new Refusal(code, limit, message));
  }
}
