package dev.durablecheckout.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import org.junit.jupiter.api.Test;

/** A query tells the state that the trade is in, and no other. */
interface QueryContract extends OnStage {
  @Test
  default void aNumberThatWasNeverCreatedIsNotCreated() throws Exception {
    PayOrder payOrder = order();

    assertThat(channel().query(payOrder))
        .isEqualTo(
            new TradeResult(payOrder.outTradeNo(), TradeState.NOT_CREATED, null, null, null));
    assertThat(stage().trades(payOrder.outTradeNo())).isZero();
  }

  @Test
  default void aCreatedTradeIsUnpaidAsSoonAsThereIsOne() throws Exception {
    needs(Trait.BUYER_PAYS);
    Offer offer = created(stage().method());
    boolean atOnce = !stage().lacks().containsKey(Trait.TRADE_AT_ONCE);

    assertThat(state(offer.payOrder()))
        .isEqualTo(atOnce ? TradeState.UNPAID : TradeState.NOT_CREATED);
    stage().arrive(offer.payOrder(), offer.credential());
    assertThat(state(offer.payOrder())).isEqualTo(TradeState.UNPAID);
  }

  @Test
  default void aPaidTradeHasItsAmountNumberAndTime() throws Exception {
    PayOrder payOrder = paid();
    TradeResult trade = channel().query(payOrder);

    assertPaid(payOrder, trade);
    assertThat(channel().query(payOrder)).isEqualTo(trade);
  }

  @Test
  default void aClosedTradeIsClosed() throws Exception {
    needs(Trait.BUYER_PAYS);
    Offer offer = unpaid();
    assertClosed(offer.payOrder());

    assertThat(state(offer.payOrder())).isEqualTo(TradeState.CLOSED);
  }

  @Test
  default void moneyThatCameAfterTheCloseIsSeen() throws Exception {
    needs(Trait.BUYER_PAYS);
    Offer offer = unpaid();
    assertClosed(offer.payOrder());
    stage().payLate(offer.payOrder());

    assertPaid(offer.payOrder(), channel().query(offer.payOrder()));
  }

  @Test
  default void aTradeThatWentBackWholeIsRefundedAndNotUnpaid() throws Exception {
    PayOrder payOrder = paid();
    assertRefunded(OnStage.wholeRefund(payOrder));

    assertThat(state(payOrder)).isIn(TradeState.PAID, TradeState.REFUNDED);
    needs(Trait.TELLS_PARTS);
    assertThat(state(payOrder)).isEqualTo(TradeState.REFUNDED);
  }

  /** Or a payment whose notify was lost, and of which a little was given back, would be closed. */
  @Test
  default void aTradeOfWhichAPartWentBackIsPaid() throws Exception {
    PayOrder payOrder = paid();
    assertRefunded(OnStage.refund(payOrder, "1", 234));

    assertPaid(payOrder, channel().query(payOrder));
  }
}
