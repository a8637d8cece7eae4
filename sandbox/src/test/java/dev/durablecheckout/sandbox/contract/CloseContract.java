package dev.durablecheckout.sandbox.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.CloseResult.Outcome;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.TradeState;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** CLOSED is a promise: it can never be paid. What cannot be promised is not said. */
interface CloseContract extends OnStage {
  @Test
  default void whatWasNeverCreatedIsNotCreatedOrDead() throws Exception {
    PayOrder payOrder = order();
    CloseResult closed = channel().close(payOrder);

    assertThat(closed.outcome()).isIn(Outcome.NOT_CREATED, Outcome.CLOSED);
    assertThat(closed.trade()).isNull();
    if (closed.outcome() == Outcome.CLOSED) {
      PrepayResult result = channel().prepay(payOrder);
      assertThat(result.refusal()).as("refusal of %s", result).isNotNull();
      assertThat(stage().received(payOrder.outTradeNo())).isEqualTo(Money.ZERO);
    }
  }

  @Test
  default void anUnpaidTradeIsClosedAndCanNeverBePaid() throws Exception {
    needs(Trait.BUYER_PAYS);
    Offer offer = unpaid();
    assertClosed(offer.payOrder());

    assertCannotBePaid(offer);
    PrepayResult again = channel().prepay(offer.payOrder());
    assertThat(again.credential()).as("another credential").isNull();
    assertThat(again.refusal()).as("refusal").isNotNull();
  }

  @Test
  default void aClosedTradeIsClosedAgain() throws Exception {
    needs(Trait.BUYER_PAYS);
    Offer offer = unpaid();
    for (int i = 0; i < 3; i++) {
      assertClosed(offer.payOrder());
    }
  }

  /** The buyer may still have the code in front of them. */
  @Test
  default void whatTheBuyerHasNotSeenIsClosedOrSaidToBeOpen() throws Exception {
    needs(Trait.BUYER_PAYS);
    Offer offer = created(stage().method());
    CloseResult closed = channel().close(offer.payOrder());

    boolean atOnce = !stage().lacks().containsKey(Trait.TRADE_AT_ONCE);
    assertThat(closed.outcome()).isEqualTo(atOnce ? Outcome.CLOSED : Outcome.NOT_CREATED);
    if (atOnce) {
      assertCannotBePaid(offer);
    }
  }

  @Test
  default void whatIsPaidIsAlreadyPaidWithItsAmount() throws Exception {
    PayOrder payOrder = paid();
    for (int i = 0; i < 2; i++) {
      CloseResult closed = channel().close(payOrder);
      assertThat(closed.outcome()).isEqualTo(Outcome.ALREADY_PAID);
      assertPaid(payOrder, requireNonNull(closed.trade()));
      assertThat(closed.trade()).isEqualTo(channel().query(payOrder));
    }
    assertThat(stage().refunded(payOrder.outTradeNo())).isEqualTo(Money.ZERO);
  }

  /** It cannot be paid again, and its money is not there to be counted. */
  @Test
  default void whatWentBackWholeIsClosed() throws Exception {
    needs(Trait.TELLS_PARTS);
    PayOrder payOrder = paid();
    assertRefunded(OnStage.wholeRefund(payOrder));

    assertThat(channel().close(payOrder)).isEqualTo(new CloseResult(Outcome.CLOSED, null));
  }

  @RepeatedTest(5)
  default void aCloseAgainstAPaymentHasOneWinner() throws Exception {
    needs(Trait.BUYER_PAYS);
    Offer offer = unpaid();
    Callable<Boolean> pay = () -> stage().pay(offer.payOrder(), offer.credential());
    Callable<Boolean> close = () -> isClosed(offer.payOrder());
    List<Boolean> results = OnStage.atOnce(List.of(pay, close));

    assertThat(results.get(0)).as("paid, if not closed").isNotEqualTo(results.get(1));
    assertThat(state(offer.payOrder()))
        .isEqualTo(results.get(0) ? TradeState.PAID : TradeState.CLOSED);
  }

  private boolean isClosed(PayOrder payOrder) throws Exception {
    CloseResult closed = OnStage.untilAnswered(() -> channel().close(payOrder));
    assertThat(closed.outcome()).isIn(Outcome.CLOSED, Outcome.ALREADY_PAID);
    return closed.outcome() == Outcome.CLOSED;
  }
}
