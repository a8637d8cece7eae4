package dev.durablecheckout.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.activities.db.AtOnce;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.ledger.PostedLines;
import dev.durablecheckout.activities.refund.RefundBooksImpl;
import dev.durablecheckout.workflows.checkout.CheckoutClosing;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutPolicy;
import dev.durablecheckout.workflows.checkout.CheckoutRequest;
import dev.durablecheckout.workflows.checkout.CloseReason;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.PaymentArrived;
import dev.durablecheckout.workflows.payment.PaymentRecorded;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.Settlement;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a channel collects and sends back is posted once, where it is booked, or not at all. */
final class ChannelPostingsTest {
  private static final Money AMOUNT = new Money(700);
  private static final Instant DEADLINE = Instant.parse("2030-01-01T00:00:00Z");
  private static final CheckoutId ID = CheckoutId.parse("shop.A");
  private static final OutTradeNo FIRST = OutTradeNo.of(ID, 1);
  private static final OutTradeNo SECOND = OutTradeNo.of(ID, 2);

  private final TestDatabase database = TestDatabase.create();
  private final CheckoutBooksImpl books = new CheckoutBooksImpl(database.jdbi(), Clock.systemUTC());
  private final RefundBooksImpl refunds = new RefundBooksImpl(database.jdbi(), Clock.systemUTC());

  @AfterEach
  void close() {
    database.close();
  }

  private void open() {
    books.open(
        new CheckoutRequest(
            ID,
            "request",
            "f",
            null,
            "A book",
            AMOUNT,
            "buyer",
            List.of(),
            new PayChoice(Channel.ALIPAY, PayMethod.QR),
            DEADLINE,
            null,
            Map.of(),
            CheckoutPolicy.DEFAULT),
        payOrder(1, Channel.ALIPAY));
  }

  private static PayOrder payOrder(int attempt, Channel channel) {
    return new PayOrder(
        OutTradeNo.of(ID, attempt),
        ID,
        attempt,
        channel,
        PayMethod.QR,
        AMOUNT,
        "A book",
        DEADLINE.minusSeconds(60),
        null,
        "buyer",
        null);
  }

  private PaymentRecorded pay(OutTradeNo no) {
    return books.recordPayment(arrived(no));
  }

  private static PaymentArrived arrived(OutTradeNo no) {
    return new PaymentArrived(
        ID,
        new TradeResult(
            no, TradeState.PAID, TradeNo.of("T" + no), AMOUNT, DEADLINE.minusSeconds(9)),
        PaySource.QUERY,
        null);
  }

  private OutRefundNo beginRefund(OutTradeNo no, Channel channel, RefundReason reason) {
    OutRefundNo refundNo = OutRefundNo.automatic(no);
    refunds.beginRefund(new RefundOrder(refundNo, ID, no, channel, AMOUNT, AMOUNT, reason));
    return refundNo;
  }

  private List<String> posted() {
    return PostedLines.of(database.jdbi());
  }

  private static String payment(OutTradeNo no, String moves) {
    return "shop payment:" + no + " PAYMENT: " + moves + " 700";
  }

  private static String refund(OutRefundNo no, String moves) {
    return "shop refund:" + no + " REFUND: " + moves + " 700";
  }

  @Test
  void aPaymentThatSettlesIsASaleAndPostedOnce() {
    open();
    assertThat(posted()).as("not paid yet").isEmpty();
    pay(FIRST);
    pay(FIRST);

    assertThat(posted()).containsExactly(payment(FIRST, "CHANNEL/ALIPAY -> SALES/"));
  }

  @Test
  void ofManyNewsOfOnePaymentOnePosts() throws Exception {
    open();

    AtOnce.call(Collections.nCopies(8, () -> pay(FIRST)));

    assertThat(posted()).containsExactly(payment(FIRST, "CHANNEL/ALIPAY -> SALES/"));
  }

  @Test
  void aSecondPaymentIsNoSaleAndItsRefundTakesItOut() {
    open();
    books.createPayOrder(payOrder(2, Channel.WECHAT_PAY));
    pay(FIRST);
    assertThat(pay(SECOND).settlement()).isEqualTo(Settlement.DUPLICATE);
    OutRefundNo no = beginRefund(SECOND, Channel.WECHAT_PAY, RefundReason.DUPLICATE);
    assertThat(posted()).as("not gone back yet").hasSize(2);
    refunds.recordRefundSucceeded(no, Instant.now());
    refunds.recordRefundSucceeded(no, Instant.now());

    assertThat(posted())
        .containsExactly(
            payment(FIRST, "CHANNEL/ALIPAY -> SALES/"),
            payment(SECOND, "CHANNEL/WECHAT_PAY -> SUSPENSE/"),
            refund(no, "SUSPENSE/ -> CHANNEL/WECHAT_PAY"));
  }

  @Test
  void aLatePaymentIsNoSaleAndARefusedRefundPostsNothing() {
    open();
    books.recordClosed(new CheckoutClosing(ID, CloseReason.EXPIRED, List.of()));
    assertThat(pay(FIRST).settlement()).isEqualTo(Settlement.LATE);
    OutRefundNo no = beginRefund(FIRST, Channel.ALIPAY, RefundReason.LATE);
    refunds.recordRefundRefused(
        no, new Refusal(Refusal.Code.MERCHANT_ACCOUNT, "ACQ.X", "no money"));

    assertThat(posted()).containsExactly(payment(FIRST, "CHANNEL/ALIPAY -> SUSPENSE/"));
  }

  @Test
  void whatIsNotBookedIsNotPosted() {
    open();

    assertThatThrownBy(
            () ->
                database
                    .jdbi()
                    .useTransaction(
                        handle -> {
                          books.recordPayment(handle, arrived(FIRST));
                          throw new IllegalStateException("the process dies");
                        }))
        .hasMessage("the process dies");
    assertThat(posted()).isEmpty();
  }

  @Test
  void whatTheWalletMovesIsPostedByTheWallet() {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              ChannelPostings.postPayment(
                  handle, payOrder(1, Channel.WALLET), Settlement.SETTLED, DEADLINE);
              ChannelPostings.postRefund(
                  handle,
                  new RefundOrder(
                      OutRefundNo.of("R1"),
                      ID,
                      FIRST,
                      Channel.WALLET,
                      AMOUNT,
                      AMOUNT,
                      RefundReason.LATE),
                  DEADLINE);
            });

    assertThat(posted()).isEmpty();
  }
}
