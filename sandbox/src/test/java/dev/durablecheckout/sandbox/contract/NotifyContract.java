package dev.durablecheckout.sandbox.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.activities.channel.InvalidNotifyException.Reason;
import dev.durablecheckout.activities.channel.NotifiedRefund;
import dev.durablecheckout.activities.channel.NotifyReply;
import dev.durablecheckout.activities.channel.VerifiedPayment;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.NotifyRecord;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.RefundOrder;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A notify is the channel's, about this account, and says what a query says; or it is nothing. */
interface NotifyContract extends OnStage {
  private InvalidNotifyException refusal(Delivery delivery) {
    return requireNonNull(
        catchThrowableOfType(
            InvalidNotifyException.class, () -> delivery.verifiedBy(stage().verifier())),
        "the message was taken");
  }

  @Test
  default void aPaymentIsNotifiedWithTheFactsOfTheQuery() throws Exception {
    needs(Trait.NOTIFIES);
    PayOrder payOrder = paid();
    VerifiedPayment notify = stage().nextNotify().verifiedBy(stage().verifier());

    assertPaid(payOrder, notify.trade());
    assertThat(notify.trade()).isEqualTo(channel().query(payOrder));
    assertThat(notify.notifyId()).isNotBlank();
    if (notify.checkoutId() != null) {
      assertThat(notify.checkoutId()).isEqualTo(payOrder.checkoutId());
    }
  }

  @Test
  default void whatWasNotTakenComesAgainUnderTheSameId() throws Exception {
    needs(Trait.NOTIFIES);
    NotifyReply reply = stage().verifier().reply();
    stage().answerNotifyWith(400, reply.refused());
    stage().answerNotifyWith(503, reply.refused());
    PayOrder payOrder = paid();
    VerifiedPayment first = stage().nextNotify().verifiedBy(stage().verifier());

    for (int i = 0; i < 2; i++) {
      assertThat(stage().nextNotify().verifiedBy(stage().verifier())).isEqualTo(first);
    }
    awaitNotify(payOrder, NotifyRecord.State.ACKNOWLEDGED);
  }

  private void awaitNotify(PayOrder payOrder, NotifyRecord.State state)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (stage().notifies().stream()
        .filter(each -> each.outTradeNo().equals(payOrder.outTradeNo().value()))
        .noneMatch(each -> each.state() == state)) {
      assertThat(System.nanoTime()).as("still not: %s", stage().notifies()).isLessThan(end);
      Thread.sleep(5);
    }
  }

  /** Whatever is changed in it, it says what was signed, or nothing. */
  @Test
  default void aChangedMessageIsRefused() throws Exception {
    needs(Trait.NOTIFIES);
    paid();
    Delivery real = stage().nextNotify();
    VerifiedPayment said = real.verifiedBy(stage().verifier());
    for (int i = 0; i < real.length(); i++) {
      try {
        assertThat(real.withOtherByte(i).verifiedBy(stage().verifier()))
            .as("with another byte %s", i)
            .isEqualTo(said);
      } catch (InvalidNotifyException e) {
        assertThat(e.reason()).isIn(Reason.BAD_SIGNATURE, Reason.MALFORMED);
      }
    }
    assertThat(refusal(real.withoutBody()).reason()).isIn(Reason.BAD_SIGNATURE, Reason.MALFORMED);
  }

  @TestFactory
  default Stream<DynamicTest> aForgedOrForeignMessageIsRefused() {
    record Case(Fault fault, Reason reason) {}
    return Stream.of(
            new Case(Fault.NOTIFY_BAD_SIGNATURE, Reason.BAD_SIGNATURE),
            new Case(Fault.NOTIFY_WRONG_SELLER, Reason.FOREIGN_ACCOUNT),
            new Case(Fault.NOTIFY_WRONG_APP, Reason.FOREIGN_ACCOUNT))
        .map(
            each ->
                dynamicTest(
                    each.fault().name(),
                    () -> {
                      needs(Trait.NOTIFIES);
                      needs(Trait.BUYER_PAYS);
                      PayOrder payOrder = unpaid().payOrder();
                      stage().forge(payOrder, each.fault());

                      assertThat(refusal(stage().nextNotify()).reason()).isEqualTo(each.reason());
                      assertThat(state(payOrder)).isEqualTo(TradeState.UNPAID);
                    }));
  }

  /** Whoever knows the pay order compares. */
  @Test
  default void anotherAmountIsToldAsItWasSigned() throws Exception {
    needs(Trait.NOTIFIES);
    needs(Trait.BUYER_PAYS);
    PayOrder payOrder = unpaid().payOrder();
    stage().forge(payOrder, Fault.NOTIFY_WRONG_AMOUNT);
    TradeResult trade = stage().nextNotify().verifiedBy(stage().verifier()).trade();

    assertThat(trade.outTradeNo()).isEqualTo(payOrder.outTradeNo());
    assertThat(trade.amount()).isEqualTo(payOrder.amount().plus(Money.ofFen(1)));
    assertThat(payOrder.agreesWith(trade)).isFalse();
  }

  @Test
  default void theNotifyOfARefundIsNoPaymentAndNoClose() throws Exception {
    needs(Trait.NOTIFIES_REFUNDS);
    PayOrder payOrder = paid();
    VerifiedPayment payment = stage().nextNotify().verifiedBy(stage().verifier());
    assertRefunded(OnStage.wholeRefund(payOrder));
    VerifiedPayment refund = stage().nextNotify().verifiedBy(stage().verifier());

    assertThat(refund.notifyId()).isNotEqualTo(payment.notifyId());
    assertThat(refund.trade().outTradeNo()).isEqualTo(payOrder.outTradeNo());
    assertThat(refund.trade().state()).isEqualTo(TradeState.REFUNDED);
    assertThat(payment.refund()).isNull();
    assertThat(refund.refund())
        .isEqualTo(
            new NotifiedRefund(OnStage.wholeRefund(payOrder).outRefundNo(), payOrder.amount()));
  }

  @Test
  default void theNotifyOfAPartThatWentBackIsOfAPaymentThatIsPaid() throws Exception {
    needs(Trait.NOTIFIES_REFUNDS);
    PayOrder payOrder = paid();
    VerifiedPayment payment = stage().nextNotify().verifiedBy(stage().verifier());
    RefundOrder part = OnStage.refund(payOrder, "1", 234);
    assertRefunded(part);
    VerifiedPayment refund = stage().nextNotify().verifiedBy(stage().verifier());

    assertThat(refund.notifyId()).isNotEqualTo(payment.notifyId());
    assertThat(refund.trade().state()).isEqualTo(TradeState.PAID);
    assertThat(refund.refund()).isEqualTo(new NotifiedRefund(part.outRefundNo(), Money.ofFen(234)));
  }
}
