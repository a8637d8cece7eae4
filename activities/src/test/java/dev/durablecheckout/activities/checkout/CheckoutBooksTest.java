package dev.durablecheckout.activities.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.activities.audit.Audit;
import dev.durablecheckout.activities.audit.AuditFinding;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.refund.RefundBooksImpl;
import dev.durablecheckout.activities.stock.StockDao;
import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.checkout.CheckoutClosing;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutPolicy;
import dev.durablecheckout.workflows.checkout.CheckoutRequest;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.checkout.CloseReason;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.Item;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.PaymentArrived;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.Settlement;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import dev.durablecheckout.workflows.refund.RefundStatus;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The books on a real PostgreSQL: what is promised under repetition and concurrency. */
final class CheckoutBooksTest {
  private static final Money AMOUNT = new Money(700);
  private static final Instant DEADLINE = Instant.parse("2030-01-01T00:00:00Z");
  private static final List<String> TABLES =
      List.of("checkouts", "orders", "pay_orders", "stock_reservations", "events", "timeline");

  private final TestDatabase database = TestDatabase.create();
  private final CheckoutBooksImpl books = new CheckoutBooksImpl(database.jdbi(), Clock.systemUTC());
  private final RefundBooksImpl refunds = new RefundBooksImpl(database.jdbi(), Clock.systemUTC());

  @AfterEach
  void close() {
    database.close();
  }

  private static CheckoutId id(String orderNo) {
    return CheckoutId.parse("shop." + orderNo);
  }

  private static CheckoutRequest request(String orderNo, String fingerprint, Item... items) {
    return new CheckoutRequest(
        id(orderNo),
        "request",
        fingerprint,
        null,
        "A book",
        AMOUNT,
        "buyer",
        List.of(items),
        new PayChoice(Channel.ALIPAY, PayMethod.QR),
        DEADLINE,
        null,
        Map.of(),
        CheckoutPolicy.DEFAULT);
  }

  private static PayOrder payOrder(String orderNo, int attempt) {
    return new PayOrder(
        OutTradeNo.of(id(orderNo), attempt),
        id(orderNo),
        attempt,
        Channel.ALIPAY,
        PayMethod.QR,
        AMOUNT,
        "A book",
        DEADLINE.minusSeconds(60),
        null,
        "buyer-1",
        null);
  }

  private static Item item(String sku, int quantity) {
    return new Item(sku, sku, quantity, new Money(100));
  }

  private void open(String orderNo, Item... items) {
    books.open(request(orderNo, "f", items), payOrder(orderNo, 1));
  }

  private static PaymentArrived paid(String orderNo, int attempt) {
    OutTradeNo no = OutTradeNo.of(id(orderNo), attempt);
    return new PaymentArrived(
        id(orderNo),
        new TradeResult(
            no, TradeState.PAID, TradeNo.of("T" + no), AMOUNT, DEADLINE.minusSeconds(9)),
        PaySource.QUERY,
        null);
  }

  private static CheckoutClosing closing(String orderNo) {
    return new CheckoutClosing(id(orderNo), CloseReason.EXPIRED, List.of());
  }

  private void stock(String sku, long available) {
    database
        .jdbi()
        .useTransaction(handle -> StockDao.set(handle, MerchantId.of("shop"), sku, available));
  }

  private List<AuditFinding> audit() {
    return new Audit(database.jdbi(), Clock.systemUTC(), Duration.ZERO).run();
  }

  private long count(String table) {
    return database
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  private List<Long> rows() {
    return TABLES.stream().map(this::count).toList();
  }

  @Test
  void everyStepTwiceIsOnce() {
    stock("book", 5);
    open("A", item("book", 2));
    List<Long> opened = rows();
    open("A", item("book", 2));
    assertThat(rows()).isEqualTo(opened);

    assertThat(books.recordPayment(paid("A", 1)).settlement()).isEqualTo(Settlement.SETTLED);
    List<Long> settled = rows();
    assertThat(books.recordPayment(paid("A", 1)).event()).isNotNull();
    assertThat(books.recordClosed(closing("A")).status()).isEqualTo(CheckoutStatus.PAID);
    assertThat(rows()).isEqualTo(settled);
    assertThat(stockOf("book")).containsExactly(3L, 0L, 2L);
  }

  private List<Long> stockOf(String sku) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select available, reserved, sold from stock where sku = :sku")
                    .bind("sku", sku)
                    .map((row, context) -> List.of(row.getLong(1), row.getLong(2), row.getLong(3)))
                    .one());
  }

  @Test
  void closedGivesStockBackOnceAndLaterMoneyIsLate() {
    stock("book", 5);
    open("A", item("book", 2));
    books.recordClosed(closing("A"));
    books.recordClosed(closing("A"));
    assertThat(stockOf("book")).containsExactly(5L, 0L, 0L);
    assertThat(books.recordPayment(paid("A", 1)).settlement()).isEqualTo(Settlement.LATE);
    assertThat(audit()).extracting(AuditFinding::law).contains(2, 8);

    RefundOrder refund =
        new RefundOrder(
            OutRefundNo.automatic(OutTradeNo.of(id("A"), 1)),
            id("A"),
            OutTradeNo.of(id("A"), 1),
            Channel.ALIPAY,
            AMOUNT,
            AMOUNT,
            RefundReason.LATE);
    refunds.beginRefund(refund);
    refunds.recordRefundRefused(
        refund.outRefundNo(), new Refusal(Refusal.Code.MERCHANT_ACCOUNT, "ACQ.X", "no money"));
    assertThat(books.open(request("A", "f"), payOrder("A", 1)).attention())
        .isEqualTo(Attention.REFUND_FAILED);
    assertThat(refunds.beginRefund(refund).status()).isEqualTo(RefundStatus.FAILED);
    assertThat(refunds.retryRefund(refund.outRefundNo()).status())
        .isEqualTo(RefundStatus.PROCESSING);
    assertThat(refunds.recordRefundSucceeded(refund.outRefundNo(), Instant.now()).event())
        .isNotNull();
    assertThat(books.open(request("A", "f"), payOrder("A", 1)).attention()).isNull();
  }

  @Test
  void moneyAfterTheDeadlineIsLateThoughTheCheckoutIsOpen() {
    open("A");
    PaymentArrived payment = paid("A", 1);
    TradeResult late =
        new TradeResult(
            payment.trade().outTradeNo(),
            TradeState.PAID,
            payment.trade().tradeNo(),
            AMOUNT,
            DEADLINE.plusSeconds(1));
    assertThat(
            books
                .recordPayment(new PaymentArrived(id("A"), late, PaySource.QUERY, null))
                .settlement())
        .isEqualTo(Settlement.LATE);
  }

  @Test
  void refusedOpensWriteNothing() {
    stock("book", 1);
    open("A");
    List<Long> before = rows();
    assertRefused(
        () -> books.open(request("A", "other"), payOrder("A", 1)),
        FailureType.MERCHANT_ORDER_NO_REUSED);
    assertRefused(
        () -> books.open(request("B", "f", item("free", 1), item("book", 2)), payOrder("B", 1)),
        FailureType.OUT_OF_STOCK);
    assertThat(rows()).isEqualTo(before);
    assertThat(stockOf("book")).containsExactly(1L, 0L, 0L);
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, FailureType type) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo(type.name()));
  }

  @Test
  void aGraverAttentionStaysAndOnlyItsOwnReasonTakesItBack() {
    open("A");
    books.recordAttention(id("A"), Attention.REFUND_FAILED, "graver");
    books.recordAttention(id("A"), Attention.EVENT_UNDELIVERED, "lesser");
    books.takeBackAttention(id("A"), Attention.EVENT_UNDELIVERED, "over");
    assertThat(books.open(request("A", "f"), payOrder("A", 1)).attention())
        .isEqualTo(Attention.REFUND_FAILED);
    books.takeBackAttention(id("A"), Attention.REFUND_FAILED, "over");
    assertThat(books.open(request("A", "f"), payOrder("A", 1)).attention()).isNull();
  }

  @RepeatedTest(5)
  void twoPayOrdersPaidAtOnceSettleOnce() throws Exception {
    open("A");
    books.createPayOrder(payOrder("A", 2));
    List<Settlement> settlements =
        atOnce(
            List.of(
                () -> books.recordPayment(paid("A", 1)).settlement(),
                () -> books.recordPayment(paid("A", 2)).settlement()));
    assertThat(settlements).containsExactlyInAnyOrder(Settlement.SETTLED, Settlement.DUPLICATE);
  }

  @RepeatedTest(5)
  void closeAgainstPayHasOneWinner() throws Exception {
    open("A");
    List<String> outcomes =
        atOnce(
            List.of(
                () -> books.recordPayment(paid("A", 1)).settlement().name(),
                () -> books.recordClosed(closing("A")).status().name()));
    assertThat(outcomes).isIn(List.of("SETTLED", "PAID"), List.of("LATE", "CLOSED"));
  }

  @Test
  void overlappingArticlesNeitherDeadlockNorOversell() throws Exception {
    List<String> skus = List.of("a", "b", "c", "d");
    skus.forEach(sku -> stock(sku, 10));
    List<Callable<Boolean>> opens = new ArrayList<>();
    Random random = new Random(7);
    for (int number = 0; number < 32; number++) {
      List<String> shuffled = new ArrayList<>(skus);
      Collections.shuffle(shuffled, random);
      String orderNo = "N" + number;
      Item[] items = shuffled.stream().map(sku -> item(sku, 1)).toArray(Item[]::new);
      opens.add(
          () -> {
            try {
              open(orderNo, items);
              return true;
            } catch (ApplicationFailure outOfStock) {
              return false;
            }
          });
    }
    assertThat(atOnce(opens).stream().filter(opened -> opened)).hasSize(10);
    skus.forEach(sku -> assertThat(stockOf(sku)).containsExactly(0L, 10L, 0L));
    assertThat(audit()).isEmpty();
  }

  private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
