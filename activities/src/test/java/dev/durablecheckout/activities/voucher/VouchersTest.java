package dev.durablecheckout.activities.voucher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.activities.audit.Audit;
import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.activities.checkout.CheckoutReader;
import dev.durablecheckout.activities.checkout.SampleCheckout;
import dev.durablecheckout.activities.db.AtOnce;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.refund.RefundBooksImpl;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.Item;
import dev.durablecheckout.workflows.order.Voucher;
import dev.durablecheckout.workflows.order.VoucherNo;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import dev.durablecheckout.workflows.refund.RefundRequest;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders over 8.00, of which a voucher takes 1.00 off. */
final class VouchersTest {
  private static final MerchantId SHOP = MerchantId.of("shop");
  private static final Item BOOK = new Item("book", "A book", 1, new Money(800));
  private static final Voucher SPRING = new Voucher(VoucherNo.of("SPRING-1"), new Money(100));
  private static final Refusal NO =
      new Refusal(Refusal.Code.MERCHANT_BALANCE, "ACQ.SELLER_BALANCE_NOT_ENOUGH", "no money");

  private final TestDatabase database = TestDatabase.create();
  private final CheckoutBooksImpl books = new CheckoutBooksImpl(database.jdbi(), Clock.systemUTC());
  private final RefundBooksImpl refunds = new RefundBooksImpl(database.jdbi(), Clock.systemUTC());

  @BeforeEach
  void giveOut() {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              Money worth = new Money(100);
              VoucherDao.issue(handle, SHOP, SPRING.voucherNo(), worth, "buyer", null);
              VoucherDao.issue(handle, SHOP, VoucherNo.of("ANNS"), worth, "ann", null);
              VoucherDao.issue(
                  handle, SHOP, VoucherNo.of("OLD"), worth, null, Instant.now().minusSeconds(1));
              VoucherDao.issue(
                  handle,
                  MerchantId.of("other"),
                  VoucherNo.of("OTHERS"),
                  worth,
                  null,
                  Instant.now().plusSeconds(3600));
            });
  }

  @AfterEach
  void auditAndClose() {
    assertThat(new Audit(database.jdbi(), Clock.systemUTC(), Duration.ofMinutes(5)).run())
        .isEmpty();
    database.close();
  }

  private SampleCheckout open(String id) {
    SampleCheckout checkout = SampleCheckout.of(id);
    books.open(checkout.request(SPRING, BOOK), checkout.payOrder(1));
    return checkout;
  }

  private SampleCheckout pay(String id) {
    SampleCheckout checkout = open(id);
    books.recordPayment(checkout.paid(1, null));
    return checkout;
  }

  private long balance(String kind) {
    return one(
        "select coalesce(sum(e.debit_fen - e.credit_fen), 0) from ledger_entries e"
            + " join ledger_accounts a using (account) where a.kind = ?",
        kind);
  }

  private long one(String sql, Object... values) {
    return database.jdbi().withHandle(handle -> handle.select(sql, values).mapTo(Long.class).one());
  }

  private static RefundOrder refund(SampleCheckout checkout, String refundNo, long fen) {
    return new RefundOrder(
        OutRefundNo.requested(SHOP, RefundNo.of(refundNo)),
        checkout.id(),
        checkout.outTradeNo(1),
        Channel.ALIPAY,
        new Money(fen),
        SampleCheckout.AMOUNT,
        RefundReason.REQUESTED,
        new RefundRequest(
            RefundNo.of(refundNo),
            "request",
            "fingerprint",
            "too small",
            checkout.id().orderNo().value(),
            List.of(),
            false,
            true));
  }

  @Test
  void of16OrdersAtOnceOneGetsIt() throws Exception {
    List<Callable<String>> opens = new ArrayList<>();
    for (int number = 0; number < 16; number++) {
      String id = "shop.A" + number;
      opens.add(
          () -> {
            try {
              return open(id).id().value();
            } catch (ApplicationFailure refused) {
              return refused.getType();
            }
          });
    }
    List<String> outcomes = AtOnce.call(opens);
    assertThat(outcomes).filteredOn(FailureType.VOUCHER_NOT_USABLE.name()::equals).hasSize(15);
    String winner = outcomes.stream().filter(outcome -> outcome.startsWith("shop")).findAny().get();
    assertThat(new CheckoutReader(database.jdbi()).find(SampleCheckout.of(winner).id()))
        .hasValueSatisfying(found -> assertThat(found.voucher()).isEqualTo(SPRING));
    assertThat(one("select count(*) from checkouts")).isEqualTo(1);
  }

  @Test
  void whatARepeatFindsIsHeldStill() {
    open("shop.A");
    assertThat(open("shop.A").id().value()).isEqualTo("shop.A");
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, 100, does not exist",
    "OTHERS, 100, does not exist",
    "ANNS, 100, is another buyer's",
    "OLD, 100, has expired",
    "SPRING-1, 101, is worth 100 fen"
  })
  void oneThatIsNotForTheOrderIsRefusedWithTheReason(String number, long fen, String why) {
    SampleCheckout checkout = SampleCheckout.of("shop.A");
    Voucher voucher = new Voucher(VoucherNo.of(number), new Money(fen));
    assertThatThrownBy(() -> books.open(checkout.request(voucher, BOOK), checkout.payOrder(1)))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(FailureType.VOUCHER_NOT_USABLE.name());
              assertThat(failure.getOriginalMessage()).contains(number + " " + why);
            });
    assertThat(new CheckoutReader(database.jdbi()).find(checkout.id())).isEmpty();
  }

  @Test
  void whoClosesUnpaidLeavesItToTheNext() {
    books.recordClosed(open("shop.A").closing());
    SampleCheckout next = pay("shop.B");
    assertThat(new CheckoutReader(database.jdbi()).find(next.id()).orElseThrow().voucher())
        .isEqualTo(SPRING);
    assertThatThrownBy(() -> open("shop.C")).hasMessageContaining("is in use");
  }

  @Test
  void theMerchantSellsForTheWholePriceAndPaysTheVoucherItself() {
    open("shop.A");
    assertThat(balance("VOUCHER")).as("until it is paid").isZero();
    SampleCheckout checkout = pay("shop.A");
    books.recordPayment(checkout.paid(1, null));
    assertThat(balance("CHANNEL")).isEqualTo(700);
    assertThat(balance("VOUCHER")).isEqualTo(100);
    assertThat(balance("SALES")).isEqualTo(-800);
  }

  @Test
  void aRefundThatSaysSoGivesItBackOnceTheMoneyHasGone() {
    SampleCheckout checkout = pay("shop.A");
    RefundOrder refund = refund(checkout, "R1", 300);
    refunds.beginRefund(refund);
    assertThatThrownBy(() -> open("shop.B")).hasMessageContaining("is in use");
    assertThatThrownBy(() -> refunds.beginRefund(refund(checkout, "R2", 300)))
        .hasMessageContaining("by another refund");
    refunds.recordRefundSucceeded(refund.outRefundNo(), Instant.now());
    refunds.recordRefundSucceeded(refund.outRefundNo(), Instant.now());
    assertThat(balance("VOUCHER")).isZero();
    assertThat(balance("SALES")).isEqualTo(-400);
    pay("shop.B");
    assertThat(balance("VOUCHER")).isEqualTo(100);
  }

  @Test
  void aRefundThatIsGivenUpLeavesItToAnother() {
    SampleCheckout checkout = pay("shop.A");
    RefundOrder first = refund(checkout, "R1", 300);
    refunds.beginRefund(first);
    refunds.recordRefundRefused(first.outRefundNo(), NO);
    refunds.abandonRefund(first.outRefundNo(), "paid in cash");
    RefundOrder second = refund(checkout, "R2", 300);
    refunds.beginRefund(second);
    refunds.recordRefundSucceeded(second.outRefundNo(), Instant.now());
    assertThat(balance("VOUCHER")).isZero();
  }

  @Test
  void whereThereIsNoneNoneIsGivenBack() {
    SampleCheckout checkout = SampleCheckout.of("shop.A");
    books.open(checkout.request(BOOK), checkout.payOrder(1));
    books.recordPayment(checkout.paid(1, null));
    assertThatThrownBy(() -> refunds.beginRefund(refund(checkout, "R1", 300)))
        .hasMessageContaining("no voucher to give back");
  }
}
