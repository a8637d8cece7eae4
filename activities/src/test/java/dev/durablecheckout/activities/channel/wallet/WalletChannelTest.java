package dev.durablecheckout.activities.channel.wallet;

import static dev.durablecheckout.activities.channel.wallet.WalletScene.NOW;
import static dev.durablecheckout.activities.channel.wallet.WalletScene.PRICE;
import static dev.durablecheckout.activities.channel.wallet.WalletScene.payOrder;
import static dev.durablecheckout.activities.channel.wallet.WalletScene.refund;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.durablecheckout.activities.audit.AuditFinding;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.refund.RefundBooksImpl;
import dev.durablecheckout.workflows.checkout.CheckoutClosing;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.checkout.CloseReason;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.PaymentArrived;
import dev.durablecheckout.workflows.payment.PaymentRecorded;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.Settlement;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundItem;
import dev.durablecheckout.workflows.refund.RefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import dev.durablecheckout.workflows.refund.RefundRequest;
import dev.durablecheckout.workflows.refund.RefundResult;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paying from a balance, step by step, on a real PostgreSQL. */
final class WalletChannelTest {
  private final WalletScene scene = new WalletScene();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void aPaymentIsDebitedPostedAndSettledInOneStep() throws Exception {
    scene.topUp("shop", 1000);
    PayOrder payOrder = scene.open("shop.A");

    TradeResult trade = scene.channel.prepay(payOrder).trade();

    assertThat(payOrder.agreesWith(trade)).isTrue();
    assertThat(trade.state()).isEqualTo(TradeState.PAID);
    assertThat(trade.paidAt()).isEqualTo(NOW);
    assertThat(trade.tradeNo()).hasToString("W" + payOrder.outTradeNo());
    assertThat(scene.balance("shop")).isEqualTo(300);
    assertThat(scene.status(payOrder)).isEqualTo("PAID SUCCEEDED");
    assertThat(scene.rows()).containsEntry("events", 1L).containsEntry("ledger_postings", 2L);
    assertThat(scene.channel.query(payOrder)).isEqualTo(trade);
  }

  @Test
  void aRepeatGetsTheSamePaymentAndTakesNothing() throws Exception {
    scene.topUp("shop", 2000);
    PayOrder payOrder = scene.open("shop.A");
    PrepayResult first = scene.channel.prepay(payOrder);
    Map<String, Long> rows = scene.rows();

    assertThat(scene.channel.prepay(payOrder)).isEqualTo(first);
    assertThat(
            new WalletChannel(scene.jdbi, WalletScene.at(NOW.plusSeconds(9_999))).prepay(payOrder))
        .as("however late")
        .isEqualTo(first);
    assertThat(scene.balance("shop")).isEqualTo(1300);
    assertThat(scene.rows()).isEqualTo(rows);
  }

  @Test
  void theWorkflowThatHearsOfItFindsItSettledAndGetsItsEvent() throws Exception {
    scene.topUp("shop", 1000);
    PayOrder payOrder = scene.open("shop.A");
    TradeResult trade = scene.channel.prepay(payOrder).trade();
    Map<String, Long> rows = scene.rows();

    PaymentRecorded recorded =
        scene.checkouts.recordPayment(
            new PaymentArrived(payOrder.checkoutId(), trade, PaySource.QUERY, null));

    assertThat(recorded.settlement()).isEqualTo(Settlement.SETTLED);
    assertThat(recorded.event()).isNotNull();
    assertThat(scene.rows()).isEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 699})
  void tooLittleIsRefusedWithWhatIsMissingAndWritesNothing(long balance) throws Exception {
    if (balance > 0) {
      scene.topUp("shop", balance);
    }
    PayOrder payOrder = scene.open("shop.A");
    Map<String, Long> rows = scene.rows();

    Refusal refusal = scene.channel.prepay(payOrder).refusal();

    assertThat(refusal.code()).isEqualTo(Refusal.Code.INSUFFICIENT_BALANCE);
    assertThat(refusal.message())
        .isEqualTo(
            "the wallet holds %d fen of 700: %d are missing".formatted(balance, 700 - balance));
    assertThat(scene.rows()).isEqualTo(rows);
    assertThat(scene.balance("shop")).isEqualTo(balance);
    assertThat(scene.status(payOrder)).isEqualTo("AWAITING_PAYMENT PAYING");
    assertThat(scene.channel.query(payOrder).state()).isEqualTo(TradeState.NOT_CREATED);
  }

  @Test
  void onceFilledTheWalletPaysTheNextAttempt() throws Exception {
    PayOrder first = scene.open("shop.A");
    scene.checkouts.recordRefused(first.outTradeNo(), scene.channel.prepay(first).refusal());
    scene.topUp("shop", 700);
    PayOrder second = payOrder("shop.A", 2);
    scene.checkouts.createPayOrder(second);

    assertThat(scene.channel.prepay(second).trade()).isNotNull();
    assertThat(scene.channel.prepay(first).refusal().code()).isEqualTo(Refusal.Code.CONFLICT);
    assertThat(scene.balance("shop")).isZero();
    assertThat(scene.audit()).extracting(AuditFinding::law).doesNotContain(2, 3, 4);
  }

  /** The event is the last thing that is written. */
  @Test
  void aFailureAfterTheDebitLeavesNothingAndTheRepeatPays() throws Exception {
    scene.topUp("shop", 1000);
    PayOrder payOrder = scene.open("shop.A");
    Map<String, Long> rows = scene.rows();
    scene.jdbi.useHandle(
        handle ->
            handle.execute(
                """
                create function fail() returns trigger language plpgsql as $$
                begin raise exception 'the disk is full' using errcode = '53100'; end $$;
                create trigger fail before insert on events for each row execute function fail()
                """));

    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(() -> scene.channel.prepay(payOrder))
        .withMessage("the books did not answer the prepay: SQLSTATE 53100");

    assertThat(scene.rows()).isEqualTo(rows);
    assertThat(scene.balance("shop")).isEqualTo(1000);
    assertThat(scene.status(payOrder)).isEqualTo("AWAITING_PAYMENT PAYING");
    scene.jdbi.useHandle(handle -> handle.execute("drop trigger fail on events"));
    assertThat(scene.channel.prepay(payOrder).trade()).isNotNull();
    assertThat(scene.balance("shop")).isEqualTo(300);
  }

  @Test
  void aDatabaseThatIsAwayHasNotRefused() {
    PayOrder payOrder = scene.open("shop.A");
    scene.close();

    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(() -> scene.channel.prepay(payOrder));
    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(() -> scene.channel.query(payOrder));
    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(() -> scene.channel.close(payOrder));
    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(() -> scene.channel.refund(refund(payOrder, "R1", 1)));
  }

  @Test
  void whatWasClosedCanNeverBePaid() throws Exception {
    scene.topUp("shop", 1000);
    PayOrder payOrder = scene.open("shop.A");

    CloseResult closed = scene.channel.close(payOrder);

    assertThat(closed).isEqualTo(new CloseResult(CloseResult.Outcome.CLOSED, null));
    assertThat(scene.channel.close(payOrder)).isEqualTo(closed);
    assertThat(scene.channel.query(payOrder).state()).isEqualTo(TradeState.CLOSED);
    assertThat(scene.channel.prepay(payOrder).refusal().code()).isEqualTo(Refusal.Code.CONFLICT);
    assertThat(scene.balance("shop")).isEqualTo(1000);
  }

  @Test
  void whatWasPaidIsNotClosed() throws Exception {
    scene.topUp("shop", 1000);
    PayOrder payOrder = scene.open("shop.A");
    TradeResult trade = scene.channel.prepay(payOrder).trade();

    assertThat(scene.channel.close(payOrder))
        .isEqualTo(new CloseResult(CloseResult.Outcome.ALREADY_PAID, trade));
  }

  @Test
  void nothingIsPaidOnceTheCheckoutHasClosed() throws Exception {
    scene.topUp("shop", 1000);
    PayOrder payOrder = scene.open("shop.A");
    scene.checkouts.recordClosed(
        new CheckoutClosing(payOrder.checkoutId(), CloseReason.CANCELLED, List.of()));

    assertThat(scene.channel.prepay(payOrder).refusal().code()).isEqualTo(Refusal.Code.CONFLICT);
    assertThat(scene.balance("shop")).isEqualTo(1000);
  }

  @Test
  void nothingIsPaidAfterTheExpiry() throws Exception {
    scene.topUp("shop", 1000);
    PayOrder payOrder = scene.open("shop.A");
    WalletChannel late = new WalletChannel(scene.jdbi, WalletScene.at(WalletScene.EXPIRY));

    assertThat(late.prepay(payOrder).refusal().code()).isEqualTo(Refusal.Code.EXPIRED);
    assertThat(scene.balance("shop")).isEqualTo(1000);
  }

  @Test
  void theSameBuyerIdAtAnotherMerchantPaysFromAnotherWallet() throws Exception {
    scene.topUp("shop", 1000);
    scene.topUp("other", 700);
    PayOrder theirs = scene.open("other.A");

    assertThat(scene.channel.prepay(theirs).trade()).isNotNull();
    assertThat(scene.channel.prepay(scene.open("other.B")).refusal().code())
        .isEqualTo(Refusal.Code.INSUFFICIENT_BALANCE);
    assertThat(scene.balance("shop")).isEqualTo(1000);
    assertThat(scene.balance("other")).isZero();
  }

  @Test
  void aRefundGoesBackToTheWalletOnce() throws Exception {
    scene.topUp("shop", 1000);
    PayOrder payOrder = scene.open("shop.A");
    scene.channel.prepay(payOrder);

    RefundResult first = scene.channel.refund(refund(payOrder, "R1", 200));

    assertThat(first).isEqualTo(RefundResult.succeeded(NOW));
    assertThat(scene.channel.refund(refund(payOrder, "R1", 200))).isEqualTo(first);
    assertThat(scene.balance("shop")).isEqualTo(500);
    assertThat(scene.channel.query(payOrder).state()).isEqualTo(TradeState.PAID);
  }

  @Test
  void aRefundNumberForAnotherAmountIsRefused() throws Exception {
    scene.topUp("shop", 1000);
    PayOrder payOrder = scene.open("shop.A");
    scene.channel.prepay(payOrder);
    scene.channel.refund(refund(payOrder, "R1", 200));

    Refusal refusal = scene.channel.refund(refund(payOrder, "R1", 201)).refusal();

    assertThat(refusal.code()).isEqualTo(Refusal.Code.CONFLICT);
    assertThat(scene.balance("shop")).isEqualTo(500);
  }

  @Test
  void noMoreGoesBackThanWasPaidAndTheWholeIsRefunded() throws Exception {
    scene.topUp("shop", 1000);
    PayOrder payOrder = scene.open("shop.A");
    PrepayResult paid = scene.channel.prepay(payOrder);
    scene.channel.refund(refund(payOrder, "R1", 600));

    assertThat(scene.channel.refund(refund(payOrder, "R2", 101)).refusal().message())
        .isEqualTo("101 fen cannot go back: 100 fen are left");
    assertThat(scene.channel.refund(refund(payOrder, "R3", 100)).refundedAt()).isNotNull();
    assertThat(scene.channel.query(payOrder).state()).isEqualTo(TradeState.REFUNDED);
    assertThat(scene.channel.prepay(payOrder)).as("it was paid all the same").isEqualTo(paid);
    assertThat(scene.balance("shop")).isEqualTo(1000);
  }

  @Test
  void whatWasNotPaidDoesNotGoBack() throws Exception {
    PayOrder payOrder = scene.open("shop.A");
    assertThat(scene.channel.refund(refund(payOrder, "R1", 1)).refusal().code())
        .isEqualTo(Refusal.Code.CONFLICT);
    scene.channel.close(payOrder);
    assertThat(scene.channel.refund(refund(payOrder, "R1", 1)).refusal().code())
        .isEqualTo(Refusal.Code.CONFLICT);
  }

  @Test
  void theBooksKeepTheirLawsThroughPaymentAndRefund() throws Exception {
    scene.topUp("shop", 1000);
    PayOrder payOrder = scene.open("shop.A");
    scene.channel.prepay(payOrder);
    assertThat(scene.audit()).isEmpty();

    RefundBooksImpl refunds = new RefundBooksImpl(scene.jdbi, WalletScene.at(NOW));
    RefundOrder refund = refund(payOrder, "R1", PRICE.amountFen());
    refunds.beginRefund(refund);
    refunds.recordRefundSucceeded(refund.outRefundNo(), scene.channel.refund(refund).refundedAt());
    assertThat(scene.audit()).extracting(AuditFinding::law).doesNotContain(4);
  }

  private RefundOrder asked(PayOrder payOrder) {
    return new RefundOrder(
        OutRefundNo.of("Q1"),
        payOrder.checkoutId(),
        payOrder.outTradeNo(),
        payOrder.channel(),
        new Money(100),
        PRICE,
        RefundReason.REQUESTED,
        new RefundRequest(
            RefundNo.of("N1"),
            "r",
            "f",
            "too small",
            "A",
            List.of(new RefundItem("book", 1)),
            true,
            false));
  }

  @Test
  void theMoneyTheBooksTheStockAndTheEventOfARefundAreOneTransaction() throws Exception {
    scene.topUp("shop", 1000);
    PayOrder payOrder = scene.open("shop.A");
    scene.channel.prepay(payOrder);
    RefundOrder refund = asked(payOrder);
    new RefundBooksImpl(scene.jdbi, WalletScene.at(NOW)).beginRefund(refund);

    forbidEvents(true);
    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(() -> scene.channel.refund(refund));
    assertThat(scene.balance("shop")).isEqualTo(300);
    assertThat(state()).isEqualTo("PROCESSING 999 0");
    forbidEvents(false);

    for (int i = 0; i < 2; i++) {
      assertThat(scene.channel.refund(refund).refundedAt()).isEqualTo(NOW);
      assertThat(scene.balance("shop")).isEqualTo(400);
      assertThat(state()).isEqualTo("SUCCEEDED 1000 1");
    }
    assertThat(scene.audit()).isEmpty();
  }

  private void forbidEvents(boolean forbidden) {
    scene.jdbi.useHandle(
        handle ->
            handle.execute(
                forbidden
                    ? "alter table events add constraint forbidden check (type <> 'PAYMENT_REFUNDED')"
                    : "alter table events drop constraint forbidden"));
  }

  /** Of the refund, then what is left of the book, then how many events of it there are. */
  private String state() {
    return scene.jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select r.status || ' ' || k.available || ' ' || (select count(*) from events
                      where event_id = 'evt_refunded_Q1')
                    from refunds r, stock k where r.out_refund_no = 'Q1'
                    """)
                .mapTo(String.class)
                .one());
  }

  @Test
  void aCallThatComesAfterTheRefundWasGivenUpMovesNothing() throws Exception {
    scene.topUp("shop", 1000);
    PayOrder payOrder = scene.open("shop.A");
    scene.channel.prepay(payOrder);
    RefundOrder refund = asked(payOrder);
    RefundBooksImpl refunds = new RefundBooksImpl(scene.jdbi, WalletScene.at(NOW));
    refunds.beginRefund(refund);
    refunds.recordRefundRefused(refund.outRefundNo(), new Refusal(Refusal.Code.OTHER, "X", "no"));
    refunds.abandonRefund(refund.outRefundNo(), "ticket");

    assertThat(scene.channel.refund(refund).refusal().channelCode()).isEqualTo("NOT_UNDER_WAY");
    assertThat(scene.balance("shop")).isEqualTo(300);
  }

  /** A switch that comes before the wallet's answer must not begin another payment. */
  @Test
  void noPayOrderIsAddedToWhatTheWalletHasPaid() throws Exception {
    scene.topUp("shop", 1000);
    PayOrder payOrder = scene.open("shop.A");
    scene.channel.prepay(payOrder);

    assertThatExceptionOfType(ApplicationFailure.class)
        .isThrownBy(() -> scene.checkouts.createPayOrder(payOrder("shop.A", 2)))
        .matches(failure -> failure.getType().equals(FailureType.ALREADY_PAID.name()))
        .matches(ApplicationFailure::isNonRetryable);
    assertThat(
            scene.checkouts.recordClosed(
                new CheckoutClosing(payOrder.checkoutId(), CloseReason.EXPIRED, List.of())))
        .matches(closed -> closed.status() == CheckoutStatus.PAID)
        .matches(closed -> closed.event() != null);
  }

  @Test
  void nobodyLogsInAtTheWallet() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scene.channel.identify(PayMethod.BALANCE, "code"));
  }

  @Test
  void anAmountIsTheBooksNotTheCallers() throws Exception {
    scene.topUp("shop", 1000);
    PayOrder honest = scene.open("shop.A");
    PayOrder cheaper =
        new PayOrder(
            honest.outTradeNo(),
            honest.checkoutId(),
            1,
            honest.channel(),
            honest.method(),
            new Money(1),
            "A book",
            WalletScene.EXPIRY,
            null,
            "bob",
            null);

    assertThat(scene.channel.prepay(cheaper).trade().amount()).isEqualTo(PRICE);
    assertThat(scene.balance("shop")).isEqualTo(300);
  }
}
