package dev.durablecheckout.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundResult;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One number is one refund, for ever; and never more goes back than came. */
interface RefundContract extends OnStage {
  private Money wentBack(PayOrder payOrder) {
    return stage().refunded(payOrder.outTradeNo());
  }

  @Test
  default void theWholePaymentGoesBackOnceHoweverOftenItIsAskedFor() throws Exception {
    PayOrder payOrder = paid();
    RefundOrder refund = OnStage.wholeRefund(payOrder);
    assertRefunded(refund);
    assertThat(wentBack(payOrder)).isEqualTo(payOrder.amount());

    for (int i = 0; i < 3; i++) {
      assertRefunded(refund);
    }
    assertThat(wentBack(payOrder)).isEqualTo(payOrder.amount());
  }

  @Test
  default void aRefundIsUnderWayBeforeItIsDone() throws Exception {
    needs(Trait.SLOW_REFUNDS);
    RefundOrder refund = OnStage.wholeRefund(paid());

    for (int i = 0; i < 2; i++) {
      assertThat(channel().refund(refund)).isEqualTo(RefundResult.processing());
    }
    stage().letRefundsEnd();
    RefundResult done = channel().refund(refund);
    assertThat(done.refundedAt()).isNotNull();
    assertThat(channel().refund(refund)).isEqualTo(done);
  }

  @Test
  default void theSameNumberWithAnotherAmountIsRefused() throws Exception {
    PayOrder payOrder = paid();
    assertRefunded(OnStage.refund(payOrder, "1", 100));

    assertRefused(OnStage.refund(payOrder, "1", 200));
    assertThat(wentBack(payOrder)).isEqualTo(Money.ofFen(100));
    assertRefunded(OnStage.refund(payOrder, "1", 100));
  }

  @Test
  default void partsAddUpToTheWholeAndNotToMore() throws Exception {
    PayOrder payOrder = paid();
    assertRefunded(OnStage.refund(payOrder, "1", 500));
    assertRefunded(OnStage.refund(payOrder, "2", 300));

    assertRefused(OnStage.refund(payOrder, "3", 435));
    assertRefunded(OnStage.refund(payOrder, "4", 434));
    assertRefused(OnStage.refund(payOrder, "5", 1));
    assertThat(wentBack(payOrder)).isEqualTo(payOrder.amount());
  }

  @Test
  default void moreThanWasPaidIsRefused() throws Exception {
    PayOrder payOrder = paid();

    assertRefused(OnStage.refund(payOrder, "1", payOrder.amount().amountFen() + 1));
    assertThat(wentBack(payOrder)).isEqualTo(Money.ZERO);
  }

  @Test
  default void whatIsNotPaidIsNotRefunded() throws Exception {
    PayOrder never = order();
    assertRefused(OnStage.wholeRefund(never));
    assertThat(stage().trades(never.outTradeNo())).isZero();

    needs(Trait.BUYER_PAYS);
    PayOrder unpaid = unpaid().payOrder();
    assertRefused(OnStage.wholeRefund(unpaid));
    assertThat(wentBack(unpaid)).isEqualTo(Money.ZERO);
    assertClosed(unpaid);
    assertRefused(OnStage.wholeRefund(unpaid));
  }

  /** Not now is not no: the workflow asks again, under the same number. */
  @Test
  default void aRefundTooSoonAfterAnotherIsNotRefused() throws Exception {
    needs(Trait.SPACED_REFUNDS);
    stage().keepRefundsApart(Duration.ofSeconds(30));
    PayOrder payOrder = paid();
    assertRefunded(OnStage.refund(payOrder, "1", 100));
    RefundOrder second = OnStage.refund(payOrder, "2", 100);

    assertThatThrownBy(() -> channel().refund(second))
        .isInstanceOf(ChannelOutcomeUnknownException.class);
    assertRefunded(OnStage.refund(payOrder, "1", 100));
    stage().clock.advance(Duration.ofSeconds(31));
    assertRefunded(second);
    assertThat(wentBack(payOrder)).isEqualTo(Money.ofFen(200));
  }

  @Test
  default void theSameManyTimesAtOnceMovesMoneyOnce() throws Exception {
    PayOrder payOrder = paid();
    RefundOrder refund = OnStage.refund(payOrder, "1", 200);
    Callable<RefundResult> ask = () -> OnStage.untilAnswered(() -> refundedInTheEnd(refund));

    assertThat(OnStage.atOnce(Collections.nCopies(8, ask)))
        .allSatisfy(result -> assertThat(result.refusal()).isNull());
    assertThat(wentBack(payOrder)).isEqualTo(Money.ofFen(200));
  }

  @Test
  default void twoAtOnceDoNotExceedThePayment() throws Exception {
    PayOrder payOrder = paid();
    List<Callable<RefundResult>> refunds =
        IntStream.range(0, 4)
            .mapToObj(i -> OnStage.refund(payOrder, "" + i, 700))
            .map(
                refund ->
                    (Callable<RefundResult>)
                        () -> OnStage.untilAnswered(() -> refundedInTheEnd(refund)))
            .toList();

    assertThat(OnStage.atOnce(refunds).stream().filter(result -> result.refusal() == null))
        .hasSize(1);
    assertThat(wentBack(payOrder)).isEqualTo(Money.ofFen(700));
  }
}
