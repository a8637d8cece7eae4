package dev.durablecheckout.activities.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.activities.audit.Audit;
import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.activities.checkout.CheckoutReader;
import dev.durablecheckout.activities.checkout.SampleCheckout;
import dev.durablecheckout.activities.db.AtOnce;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.stock.StockDao;
import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.Item;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundItem;
import dev.durablecheckout.workflows.refund.RefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import dev.durablecheckout.workflows.refund.RefundRequest;
import dev.durablecheckout.workflows.refund.RefundStatus;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can go back of one payment of 7.00, and what the books write down of it. */
final class RefundBooksTest {
  private static final SampleCheckout CHECKOUT = SampleCheckout.of("shop.A");
  private static final Refusal NO_MONEY =
      new Refusal(Refusal.Code.MERCHANT_BALANCE, "ACQ.SELLER_BALANCE_NOT_ENOUGH", "no money");

  private final TestDatabase database = TestDatabase.create();
  private final CheckoutBooksImpl checkouts =
      new CheckoutBooksImpl(database.jdbi(), Clock.systemUTC());
  private final RefundBooksImpl books = new RefundBooksImpl(database.jdbi(), Clock.systemUTC());
  private final RefundReader reader = new RefundReader(database.jdbi());

  @BeforeEach
  void payForBooksAndTea() {
    database
        .jdbi()
        .useTransaction(handle -> StockDao.set(handle, MerchantId.of("shop"), "book", 10));
    pay(CHECKOUT);
  }

  private void pay(SampleCheckout checkout) {
    checkouts.open(
        checkout.request(
            SampleCheckout.item("book", 3),
            SampleCheckout.item("tea", 2),
            new Item("wrap", "Wrapping", 2, new Money(100))),
        checkout.payOrder(1));
    checkouts.recordPayment(checkout.paid(1, null));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static RefundOrder refund(String refundNo, long fen) {
    return refund(CHECKOUT, Channel.ALIPAY, refundNo, fen, List.of(), false);
  }

  private static RefundOrder items(String refundNo, long fen, RefundItem... items) {
    return refund(CHECKOUT, Channel.ALIPAY, refundNo, fen, List.of(items), true);
  }

  private static RefundOrder refund(
      SampleCheckout checkout,
      Channel channel,
      String refundNo,
      long fen,
      List<RefundItem> items,
      boolean returnStock) {
    return new RefundOrder(
        OutRefundNo.requested(checkout.id().merchant(), RefundNo.of(refundNo)),
        checkout.id(),
        checkout.outTradeNo(1),
        channel,
        new Money(fen),
        SampleCheckout.AMOUNT,
        RefundReason.REQUESTED,
        new RefundRequest(
            RefundNo.of(refundNo),
            "request",
            "fingerprint of " + fen,
            "too small",
            checkout.id().orderNo().value(),
            items,
            returnStock,
            false));
  }

  private void assertRefused(RefundOrder refund, FailureType type, String words) {
    assertThatThrownBy(() -> books.beginRefund(refund))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(type.name());
              assertThat(failure.getOriginalMessage()).contains(words);
              assertThat(failure.isNonRetryable()).isTrue();
            });
  }

  private long heldFen() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .select(
                        "select refund_held_fen from pay_orders where out_trade_no = ?",
                        CHECKOUT.outTradeNo(1).value())
                    .mapTo(Long.class)
                    .one());
  }

  private List<?> findings() {
    return new Audit(database.jdbi(), Clock.systemUTC(), Duration.ofMinutes(5)).run();
  }

  private RefundStatus succeed(RefundOrder refund) {
    return books.recordRefundSucceeded(refund.outRefundNo(), Instant.now()).status();
  }

  @Test
  void of100AtOnceOver60PercentOneIsAccepted() throws Exception {
    List<Callable<String>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      RefundOrder refund = refund("N" + i, 420);
      calls.add(
          () -> {
            try {
              return books.beginRefund(refund).status().name();
            } catch (ApplicationFailure e) {
              return e.getType();
            }
          });
    }
    assertThat(
            AtOnce.call(calls).stream()
                .collect(Collectors.groupingBy(answer -> answer, Collectors.counting())))
        .containsOnly(
            java.util.Map.entry("PROCESSING", 1L), java.util.Map.entry("REFUND_EXCEEDS_LEFT", 99L));
    assertThat(heldFen()).isEqualTo(420);
    assertThat(reader.ofCheckout(CHECKOUT.id())).hasSize(1);
    assertThat(findings()).isEmpty();
  }

  @Test
  void theColumnHoldsWhereTheLockIsForgotten() throws Exception {
    List<Callable<Boolean>> calls =
        IntStream.range(0, 10)
            .mapToObj(
                i ->
                    (Callable<Boolean>)
                        () -> {
                          try {
                            return database
                                .jdbi()
                                .withHandle(
                                    handle ->
                                        handle.execute(
                                                "update pay_orders set refund_held_fen = refund_held_fen + 420")
                                            == 1);
                          } catch (RuntimeException e) {
                            return false;
                          }
                        })
            .toList();
    assertThat(AtOnce.call(calls)).containsOnlyOnce(true);
    assertThat(heldFen()).isEqualTo(420);
  }

  @Test
  void partsAddUpToThePaymentAndTheAnswerSaysWhatIsLeft() {
    assertThat(books.beginRefund(refund("1", 400)).status()).isEqualTo(RefundStatus.PROCESSING);
    assertRefused(refund("2", 301), FailureType.REFUND_EXCEEDS_LEFT, "300 fen are left");
    assertThat(books.beginRefund(refund("3", 300)).status()).isEqualTo(RefundStatus.PROCESSING);
    assertRefused(refund("4", 1), FailureType.REFUND_EXCEEDS_LEFT, "0 fen are left");
    assertThat(heldFen()).isEqualTo(700);
    assertThat(findings()).isEmpty();
  }

  @Test
  void aRepeatHoldsNothingMoreAndOneWithAnotherBodyIsRefused() {
    books.beginRefund(refund("1", 400));
    assertThat(books.beginRefund(refund("1", 400)).status()).isEqualTo(RefundStatus.PROCESSING);
    assertThat(heldFen()).isEqualTo(400);
    assertRefused(refund("1", 100), FailureType.REFUND_NO_REUSED, "exists with another request");
  }

  @Test
  void whatIsNotPaidIsNotRefunded() {
    SampleCheckout unpaid = SampleCheckout.of("shop.UNPAID");
    checkouts.open(unpaid.request(), unpaid.payOrder(1));
    assertRefused(
        refund(unpaid, Channel.ALIPAY, "1", 1, List.of(), false),
        FailureType.CHECKOUT_NOT_PAID,
        "is not paid");
  }

  /** It goes back by itself, and whole. */
  @Test
  void aPaymentThatSettledNothingIsNotRefundedOnDemand() {
    SampleCheckout late = SampleCheckout.of("shop.LATE");
    checkouts.open(late.request(), late.payOrder(1));
    checkouts.recordClosed(late.closing());
    checkouts.recordPayment(late.paid(1, null));
    assertRefused(
        refund(late, Channel.ALIPAY, "1", 1, List.of(), false),
        FailureType.CHECKOUT_NOT_PAID,
        "is not paid");
    assertThat(books.beginRefund(late.refund(1)).status()).isEqualTo(RefundStatus.PROCESSING);
  }

  @Test
  void aRefusedRefundKeepsItsPartUntilItIsGivenUp() {
    RefundOrder refund = refund("1", 500);
    books.beginRefund(refund);
    books.recordRefundRefused(refund.outRefundNo(), NO_MONEY);
    assertRefused(refund("2", 300), FailureType.REFUND_EXCEEDS_LEFT, "200 fen are left");
    assertThat(attention()).isEqualTo(Attention.REFUND_FAILED);

    OrderEvent event =
        java.util.Objects.requireNonNull(
            books.abandonRefund(refund.outRefundNo(), "ticket 1").event());
    assertThat(event.body())
        .contains("\"type\":\"refund.failed\"", "\"refund_no\":\"1\"", "\"refund_fen\":500");
    assertThat(books.abandonRefund(refund.outRefundNo(), "again").event()).isEqualTo(event);
    assertThat(heldFen()).isZero();
    assertThat(attention()).isNull();
    assertThat(books.beginRefund(refund("2", 700)).status()).isEqualTo(RefundStatus.PROCESSING);
    assertThat(findings()).isEmpty();
  }

  @Test
  void whatWasGivenUpAndHasGoneBackAllTheSameIsShownToAPerson() {
    RefundOrder refund = refund("1", 500);
    books.beginRefund(refund);
    books.recordRefundRefused(refund.outRefundNo(), NO_MONEY);
    books.abandonRefund(refund.outRefundNo(), "ticket 1");
    assertThat(attention()).isNull();

    assertThat(succeed(refund)).isEqualTo(RefundStatus.ABANDONED);
    assertThat(heldFen()).isZero();
    assertThat(attention()).isEqualTo(Attention.REFUND_FAILED);
  }

  @Test
  void aSlowRefundStaysSlowWhileAnotherSucceeds() {
    RefundOrder slow = refund("1", 100);
    RefundOrder quick = refund("2", 100);
    books.beginRefund(slow);
    books.beginRefund(quick);
    checkouts.recordAttention(CHECKOUT.id(), Attention.REFUND_SLOW, "for 8 days");
    succeed(quick);
    assertThat(attention()).isEqualTo(Attention.REFUND_SLOW);
    succeed(slow);
    assertThat(attention()).isNull();
  }

  @Test
  void anAttentionStaysAsLongAsAnotherRefundWaitsForAPerson() {
    RefundOrder one = refund("1", 100);
    RefundOrder other = refund("2", 100);
    for (RefundOrder refund : List.of(one, other)) {
      books.beginRefund(refund);
      books.recordRefundRefused(refund.outRefundNo(), NO_MONEY);
      books.retryRefund(refund.outRefundNo());
    }
    books.recordRefundRefused(other.outRefundNo(), NO_MONEY);
    succeed(one);
    assertThat(attention()).isEqualTo(Attention.REFUND_FAILED);
    books.retryRefund(other.outRefundNo());
    succeed(other);
    assertThat(attention()).isNull();
  }

  private Attention attention() {
    return new CheckoutReader(database.jdbi())
        .find(CHECKOUT.id())
        .orElseThrow()
        .checkout()
        .attention();
  }

  @Test
  void noMoreItemsGoBackThanWereBought() {
    books.beginRefund(items("1", 200, new RefundItem("book", 2)));
    assertRefused(
        items("2", 200, new RefundItem("book", 2)),
        FailureType.REFUND_ITEMS_MISMATCH,
        "1 of book are left");
    assertRefused(
        items("3", 1, new RefundItem("pen", 1)),
        FailureType.REFUND_ITEMS_MISMATCH,
        "0 of pen are left");
    assertRefused(
        items("4", 101, new RefundItem("book", 1)),
        FailureType.REFUND_ITEMS_MISMATCH,
        "the items cost 100 fen");
    assertThat(books.beginRefund(items("5", 90, new RefundItem("book", 1))).status())
        .isEqualTo(RefundStatus.PROCESSING);
  }

  @Test
  void stockComesBackOnceAndOnlyWhenTheMoneyHasGone() {
    RefundOrder refund = items("1", 400, new RefundItem("book", 2), new RefundItem("tea", 2));
    books.beginRefund(refund);
    assertThat(stock("book")).containsExactly(7L, 0L, 3L);
    assertThat(succeed(refund)).isEqualTo(RefundStatus.SUCCEEDED);
    assertThat(succeed(refund)).isEqualTo(RefundStatus.SUCCEEDED);
    assertThat(stock("book")).containsExactly(9L, 0L, 1L);
    assertThat(findings()).isEmpty();
  }

  private List<Long> stock(String sku) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .select("select array[available, reserved, sold] from stock where sku = ?", sku)
                    .mapTo(Long[].class)
                    .map(List::of)
                    .one());
  }

  @Test
  void theOrderSystemHearsWhatWentBackAndWhatThatMakes() {
    RefundOrder first = refund("1", 400);
    books.beginRefund(first);
    succeed(first);
    RefundOrder second = refund("2", 200);
    books.beginRefund(second);
    assertThat(
            java.util.Objects.requireNonNull(
                    books.recordRefundSucceeded(second.outRefundNo(), Instant.now()).event())
                .body())
        .contains(
            "\"type\":\"payment.refunded\"",
            "\"reason\":\"requested\"",
            "\"refund_no\":\"2\"",
            "\"refund_fen\":200",
            "\"refunded_fen\":600",
            "\"paid_fen\":700");
  }

  @Test
  void refundsOfOnePaymentAreKeptApartAndARepeatKeepsItsSlot() {
    Instant now = Instant.parse("2026-11-26T12:00:00Z");
    RefundBooksImpl at = new RefundBooksImpl(database.jdbi(), Clock.fixed(now, ZoneOffset.UTC));
    List<Instant> slots = new ArrayList<>();
    for (String no : List.of("1", "2", "3", "2")) {
      at.beginRefund(refund(no, 100));
      slots.add(at.takeRefundSlot(refund(no, 100).outRefundNo()));
    }
    assertThat(slots)
        .containsExactly(now, now.plusSeconds(4), now.plusSeconds(8), now.plusSeconds(4));
    Instant later = now.plusSeconds(60);
    assertThat(
            new RefundBooksImpl(database.jdbi(), Clock.fixed(later, ZoneOffset.UTC))
                .takeRefundSlot(refund("1", 100).outRefundNo()))
        .isEqualTo(later);
  }

  @Test
  void wechatPayMakes50RefundsOfOnePayment() {
    database.jdbi().useHandle(handle -> handle.execute("update pay_orders set channel = 2"));
    for (int i = 0; i < 50; i++) {
      books.beginRefund(refund(CHECKOUT, Channel.WECHAT_PAY, "N" + i, 1, List.of(), false));
    }
    assertRefused(
        refund(CHECKOUT, Channel.WECHAT_PAY, "N50", 1, List.of(), false),
        FailureType.TOO_MANY_REFUNDS,
        "WECHAT_PAY makes 50 refunds");
  }

  @Test
  void aRefundIsFoundByEitherNumberAndByItsMerchantAlone() {
    RefundOrder refund = items("1", 200, new RefundItem("book", 2));
    books.beginRefund(refund);
    MerchantId shop = MerchantId.of("shop");
    assertThat(reader.find(shop, RefundNo.of("1")).orElseThrow().refund()).isEqualTo(refund);
    assertThat(reader.find(shop, "1")).isEqualTo(reader.find(shop, refund.outRefundNo().value()));
    MerchantId other = MerchantId.of("other");
    assertThat(reader.find(other, "1")).isEmpty();
    assertThat(reader.find(other, refund.outRefundNo().value())).isEmpty();
    assertThat(OutRefundNo.requested(other, RefundNo.of("1"))).isNotEqualTo(refund.outRefundNo());
  }
}
