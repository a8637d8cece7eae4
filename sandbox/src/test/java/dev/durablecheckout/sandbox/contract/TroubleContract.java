package dev.durablecheckout.sandbox.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.RefundOrder;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the channel, or the network, does instead of an answer is neither a yes nor a no; and the
 * same call again, under the same number, tells the truth.
 */
interface TroubleContract extends OnStage {
  ImmutableSet<Fault> NO_ANSWERS =
      ImmutableSet.of(
          Fault.API_TIMEOUT_WITHOUT_EFFECT,
          Fault.API_TIMEOUT_WITH_EFFECT,
          Fault.API_SYSTEM_ERROR_WITHOUT_EFFECT,
          Fault.API_SYSTEM_ERROR_WITH_EFFECT,
          Fault.API_HTML_502,
          Fault.API_UNSIGNED_SUCCESS,
          Fault.API_BAD_SIGNATURE);

  /** What a query can be answered with that says nothing of the trade. */
  ImmutableSet<Fault> NO_STATES =
      ImmutableSet.<Fault>builder().addAll(NO_ANSWERS).add(Fault.QUERY_UNKNOWN_STATE).build();

  private void strike(Fault fault, Call call, PayOrder payOrder) {
    // More than once: the JDK asks again by itself where a question's connection dies.
    stage()
        .faults()
        .add(
            FaultRule.once(fault)
                .on(payOrder.outTradeNo().value())
                .atMethod(stage().wireName(call))
                .lasting(Duration.ofMillis(20))
                .times(call == Call.QUERY ? 5 : 1));
  }

  private void assertUnknown(Fault fault, Call call, PayOrder payOrder, ThrowingCallable calling) {
    strike(fault, call, payOrder);
    assertThatExceptionOfType(ChannelOutcomeUnknownException.class).isThrownBy(calling);
    assertThat(stage().faults().strikes()).as("it has struck").containsKey(fault);
    stage().faults().clear();
  }

  @TestFactory
  default Stream<DynamicTest> aCreationWithoutAnAnswerIsRepeated() {
    return DynamicTest.stream(NO_ANSWERS.stream(), Fault::name, this::createsIn);
  }

  private void createsIn(Fault fault) throws Exception {
    needs(Trait.NETWORK);
    PayOrder payOrder = order();
    if (stage().lacks().containsKey(Trait.CREATION_IS_ONE_CALL)) {
      strike(fault, Call.CREATE, payOrder);
    } else {
      assertUnknown(fault, Call.CREATE, payOrder, () -> channel().prepay(payOrder));
    }

    PrepayResult result = OnStage.untilAnswered(() -> channel().prepay(payOrder));
    assertThat(stage().faults().strikes()).as("it has struck").containsKey(fault);
    assertThat(stage().trades(payOrder.outTradeNo())).isEqualTo(1);
    if (result.trade() == null) {
      assertThat(stage().pay(payOrder, OnStage.credential(result))).as("paid").isTrue();
    }
    assertPaid(payOrder, channel().query(payOrder));
    assertThat(stage().received(payOrder.outTradeNo())).isEqualTo(payOrder.amount());
  }

  @TestFactory
  default Stream<DynamicTest> aCreationWithoutAnAnswerCanBeClosed() {
    return DynamicTest.stream(
        NO_ANSWERS.stream(),
        Fault::name,
        fault -> {
          needs(Trait.NETWORK);
          needs(Trait.BUYER_PAYS);
          PayOrder payOrder = order();
          assertUnknown(fault, Call.CREATE, payOrder, () -> channel().prepay(payOrder));

          assertThat(channel().close(payOrder).outcome())
              .isIn(CloseResult.Outcome.CLOSED, CloseResult.Outcome.NOT_CREATED);
        });
  }

  @TestFactory
  default Stream<DynamicTest> aQueryWithoutAnAnswerIsNoState() {
    return DynamicTest.stream(
        NO_STATES.stream(),
        Fault::name,
        fault -> {
          needs(Trait.NETWORK);
          needs(Trait.BUYER_PAYS);
          PayOrder payOrder = unpaid().payOrder();
          assertUnknown(fault, Call.QUERY, payOrder, () -> channel().query(payOrder));
          assertThat(state(payOrder)).isEqualTo(TradeState.UNPAID);
        });
  }

  @TestFactory
  default Stream<DynamicTest> aQueryWithoutAnAnswerDoesNotUndoAPayment() {
    return DynamicTest.stream(
        NO_STATES.stream(),
        Fault::name,
        fault -> {
          needs(Trait.NETWORK);
          PayOrder payOrder = paid();
          assertUnknown(fault, Call.QUERY, payOrder, () -> channel().query(payOrder));
          assertPaid(payOrder, channel().query(payOrder));
        });
  }

  @TestFactory
  default Stream<DynamicTest> aCloseWithoutAnAnswerIsRepeated() {
    return DynamicTest.stream(
        NO_ANSWERS.stream(),
        Fault::name,
        fault -> {
          needs(Trait.NETWORK);
          needs(Trait.BUYER_PAYS);
          Offer offer = unpaid();
          PayOrder payOrder = offer.payOrder();
          assertUnknown(fault, Call.CLOSE, payOrder, () -> channel().close(payOrder));

          assertClosed(payOrder);
          assertCannotBePaid(offer);
        });
  }

  @Test
  default void aPaymentAfterACloseThatWasLostOnTheWayIsFound() throws Exception {
    needs(Trait.NETWORK);
    needs(Trait.BUYER_PAYS);
    Offer offer = unpaid();
    PayOrder payOrder = offer.payOrder();
    assertUnknown(
        Fault.API_TIMEOUT_WITHOUT_EFFECT, Call.CLOSE, payOrder, () -> channel().close(payOrder));
    assertThat(stage().pay(payOrder, offer.credential())).isTrue();

    CloseResult closed = channel().close(payOrder);
    assertThat(closed.outcome()).isEqualTo(CloseResult.Outcome.ALREADY_PAID);
    assertPaid(payOrder, requireNonNull(closed.trade()));
  }

  /** The question why may get no answer either. */
  @TestFactory
  default Stream<DynamicTest> aCloseThatCannotFindOutWhyIsUnknown() {
    return DynamicTest.stream(
        NO_STATES.stream(),
        Fault::name,
        fault -> {
          needs(Trait.CLOSE_ASKS_WHY);
          PayOrder payOrder = paid();
          assertUnknown(fault, Call.QUERY, payOrder, () -> channel().close(payOrder));

          assertThat(channel().close(payOrder).outcome())
              .isEqualTo(CloseResult.Outcome.ALREADY_PAID);
        });
  }

  @TestFactory
  default Stream<DynamicTest> aRefundWithoutAnAnswerIsRepeatedAndMovesMoneyOnce() {
    return DynamicTest.stream(
        NO_ANSWERS.stream(),
        Fault::name,
        fault -> {
          needs(Trait.NETWORK);
          PayOrder payOrder = paid();
          for (RefundOrder refund :
              new RefundOrder[] {
                OnStage.refund(payOrder, "1", 1000), OnStage.refund(payOrder, "2", 234)
              }) {
            assertUnknown(fault, Call.REFUND, payOrder, () -> channel().refund(refund));
            assertRefunded(refund);
          }
          assertThat(stage().refunded(payOrder.outTradeNo())).isEqualTo(payOrder.amount());
        });
  }

  /** Also when the payment has nothing left to give back by then. */
  @Test
  default void aRefundWhoseAnswersAreAllLostMovesMoneyOnce() throws Exception {
    needs(Trait.NETWORK);
    PayOrder payOrder = paid();
    RefundOrder refund = OnStage.wholeRefund(payOrder);
    assertUnknown(
        Fault.API_TIMEOUT_WITH_EFFECT, Call.REFUND, payOrder, () -> channel().refund(refund));
    assertThat(stage().refunded(payOrder.outTradeNo())).isEqualTo(payOrder.amount());

    assertRefunded(refund);
    assertThat(stage().refunded(payOrder.outTradeNo())).isEqualTo(payOrder.amount());
  }

  @Test
  default void aRefundThatTheAccountCannotPayIsRefusedAndMayBeAskedForAgain() throws Exception {
    needs(Trait.NETWORK);
    PayOrder payOrder = paid();
    RefundOrder refund = OnStage.wholeRefund(payOrder);
    strike(Fault.REFUND_NO_BALANCE, Call.REFUND, payOrder);

    assertThat(requireNonNull(channel().refund(refund).refusal()).code())
        .isEqualTo(Refusal.Code.MERCHANT_BALANCE);
    assertThat(stage().refunded(payOrder.outTradeNo())).isEqualTo(Money.ZERO);
    assertRefunded(refund);
  }

  /** Whoever knows the pay order compares. */
  @Test
  default void anotherAmountIsReportedAsTheChannelHasIt() throws Exception {
    needs(Trait.NETWORK);
    PayOrder payOrder = paid();
    strike(Fault.QUERY_WRONG_AMOUNT, Call.QUERY, payOrder);
    TradeResult wrong = channel().query(payOrder);

    assertThat(wrong.state()).isEqualTo(TradeState.PAID);
    assertThat(wrong.amount()).isEqualTo(payOrder.amount().plus(Money.ofFen(1)));
    assertThat(payOrder.agreesWith(wrong)).isFalse();
    stage().faults().clear();
    assertPaid(payOrder, channel().query(payOrder));
  }

  @Test
  default void anotherAmountThatACloseFindsIsReportedToo() throws Exception {
    needs(Trait.CLOSE_ASKS_WHY);
    PayOrder payOrder = paid();
    strike(Fault.QUERY_WRONG_AMOUNT, Call.QUERY, payOrder);
    TradeResult wrong = requireNonNull(channel().close(payOrder).trade());

    assertThat(wrong.amount()).isEqualTo(payOrder.amount().plus(Money.ofFen(1)));
    assertThat(payOrder.agreesWith(wrong)).isFalse();
  }

  @Test
  default void silenceEnds() throws Exception {
    needs(Trait.NETWORK);
    needs(Trait.CREATION_IS_ONE_CALL);
    PayOrder payOrder = order();
    stage()
        .faults()
        .add(
            FaultRule.once(Fault.API_TIMEOUT_WITHOUT_EFFECT)
                .lasting(ChannelStage.READ_TIMEOUT.multipliedBy(10)));
    Stopwatch waited = Stopwatch.createStarted();

    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(() -> channel().prepay(payOrder));
    assertThat(waited.elapsed()).isLessThan(ChannelStage.READ_TIMEOUT.multipliedBy(5));
  }
}
