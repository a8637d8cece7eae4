package dev.durablecheckout.sandbox.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeState;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Creating a trade: one trade for one number, whatever happens on the way. */
interface CreateContract extends OnStage {
  static PayOrder asking(PayOrder payOrder, Money amount) {
    return new PayOrder(
        payOrder.outTradeNo(),
        payOrder.checkoutId(),
        payOrder.attempt(),
        payOrder.channel(),
        payOrder.method(),
        amount,
        payOrder.subject(),
        payOrder.timeExpire(),
        payOrder.returnUrl(),
        payOrder.buyerId(),
        payOrder.payer());
  }

  default Stream<PayMethod> methods() {
    assertThat(stage().account().methods())
        .isNotEmpty()
        .contains(stage().method())
        .isSubsetOf(stage().account().channel().methods());
    return stage().account().methods().stream();
  }

  @TestFactory
  default Stream<DynamicTest> eachMethodItOffersCanBePaid() {
    return methods()
        .map(
            method ->
                dynamicTest(
                    method.name(),
                    () -> {
                      PayOrder payOrder = stage().order(method);
                      PrepayResult result = channel().prepay(payOrder);
                      if (result.trade() == null) {
                        PayCredential credential = OnStage.credential(result);
                        assertThat(stage().received(payOrder.outTradeNo())).isEqualTo(Money.ZERO);
                        assertThat(stage().pay(payOrder, credential)).as("paid").isTrue();
                      } else {
                        assertPaid(payOrder, requireNonNull(result.trade()));
                      }
                      assertThat(stage().received(payOrder.outTradeNo()))
                          .isEqualTo(payOrder.amount());
                      assertPaid(payOrder, channel().query(payOrder));
                    }));
  }

  @TestFactory
  default Stream<DynamicTest> aCredentialEndsAtItsExpiry() {
    return methods()
        .map(
            method ->
                dynamicTest(
                    method.name(),
                    () -> {
                      needs(Trait.BUYER_PAYS);
                      PayOrder payOrder = stage().order(method);
                      PrepayResult result = channel().prepay(payOrder);
                      if (result.trade() == null) {
                        stage().clock.advance(Duration.ofMinutes(4));
                        assertCannotBePaid(new Offer(payOrder, OnStage.credential(result)));
                        assertThat(state(payOrder)).isNotIn(TradeState.PAID, TradeState.REFUNDED);
                        stage().clock.advance(Duration.ofMinutes(-4));
                      }
                    }));
  }

  @Test
  default void aRepeatContinuesTheSameTrade() throws Exception {
    needs(Trait.BUYER_PAYS);
    Offer first = created(stage().method());
    Offer again =
        new Offer(first.payOrder(), OnStage.credential(channel().prepay(first.payOrder())));

    assertThat(stage().trades(first.payOrder().outTradeNo())).isEqualTo(1);
    assertThat(stage().pay(again.payOrder(), again.credential())).as("paid").isTrue();
    assertThat(stage().pay(first.payOrder(), first.credential())).as("paid twice").isFalse();
    assertThat(stage().received(first.payOrder().outTradeNo())).isEqualTo(ChannelStage.AMOUNT);
  }

  /** Neither a credential, on which the buyer would pay again, nor a refusal, as if nobody had. */
  @Test
  default void aRepeatAfterThePaymentAsksForNothing() throws Exception {
    PayOrder payOrder = paid();
    try {
      PrepayResult result = channel().prepay(payOrder);
      assertThat(result.credential()).isNull();
      assertThat(result.refusal()).isNull();
      assertPaid(payOrder, requireNonNull(result.trade()));
    } catch (ChannelOutcomeUnknownException e) {
      assertPaid(payOrder, channel().query(payOrder));
    }
    assertThat(stage().received(payOrder.outTradeNo())).isEqualTo(payOrder.amount());
  }

  @Test
  default void otherFactsUnderTheSameNumberAreAConflict() throws Exception {
    PayOrder payOrder = order();
    PrepayResult first = channel().prepay(payOrder);
    PrepayResult other = channel().prepay(asking(payOrder, Money.ofFen(1)));

    assertThat(other.credential()).isNull();
    if (other.trade() == null) {
      assertThat(requireNonNull(other.refusal()).code()).isEqualTo(Refusal.Code.CONFLICT);
    } else {
      // It tells of what was paid before; whoever asked for something else can see that.
      assertThat(other.trade()).isEqualTo(channel().query(payOrder));
    }
    if (first.trade() == null) {
      assertThat(stage().pay(payOrder, OnStage.credential(first))).as("paid").isTrue();
    }
    assertPaid(payOrder, channel().query(payOrder));
    assertThat(stage().trades(payOrder.outTradeNo())).isEqualTo(1);
    assertThat(stage().received(payOrder.outTradeNo())).isEqualTo(payOrder.amount());
  }

  @TestFactory
  default Stream<DynamicTest> aCredentialOfOtherFactsIsGoodForNothing() {
    return methods()
        .filter(method -> !stage().isCall(method))
        .map(
            method ->
                dynamicTest(
                    method.name(),
                    () -> {
                      Offer offer = created(method);
                      stage().arrive(offer.payOrder(), offer.credential());
                      PayOrder other = asking(offer.payOrder(), Money.ofFen(1));
                      PayCredential credential = OnStage.credential(channel().prepay(other));

                      assertThat(stage().pay(other, credential)).as("paid").isFalse();
                      assertThat(stage().pay(offer.payOrder(), offer.credential())).isTrue();
                      assertPaid(offer.payOrder(), channel().query(offer.payOrder()));
                    }));
  }

  @Test
  default void manyAtOnceMakeOneTrade() throws Exception {
    PayOrder payOrder = order();
    Callable<PrepayResult> create = () -> OnStage.untilAnswered(() -> channel().prepay(payOrder));
    List<PrepayResult> results = OnStage.atOnce(Collections.nCopies(8, create));

    assertThat(results).allSatisfy(result -> assertThat(result.refusal()).isNull());
    assertThat(stage().trades(payOrder.outTradeNo())).isEqualTo(1);
    int payments = 0;
    for (PrepayResult result : results) {
      if (result.trade() != null) {
        assertPaid(payOrder, result.trade());
      } else if (stage().pay(payOrder, OnStage.credential(result))) {
        payments++;
      }
    }
    assertThat(payments).isLessThanOrEqualTo(1);
    assertPaid(payOrder, channel().query(payOrder));
    assertThat(stage().received(payOrder.outTradeNo())).isEqualTo(payOrder.amount());
  }
}
