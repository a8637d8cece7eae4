package dev.durablecheckout.sandbox.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.PayChannel;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import dev.durablecheckout.workflows.refund.RefundResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What the parts of the contract share. */
interface OnStage {
  ChannelStage stage();

  default PayChannel channel() {
    return stage().channel();
  }

  /** Skips the test, and says why, for a channel that lacks this. */
  default void needs(Trait trait) {
    String reason = stage().lacks().get(trait);
    assumeTrue(reason == null, () -> "lacks " + trait + ": " + reason);
  }

  default PayOrder order() {
    return stage().order(stage().method());
  }

  /** An order with its credential. */
  record Offer(PayOrder payOrder, PayCredential credential) {}

  default Offer created(PayMethod method) throws ChannelOutcomeUnknownException {
    PayOrder payOrder = stage().order(method);
    return new Offer(payOrder, credential(channel().prepay(payOrder)));
  }

  static PayCredential credential(PrepayResult result) {
    assertThat(result.refusal()).as("refusal").isNull();
    assertThat(result.trade()).as("trade").isNull();
    return requireNonNull(result.credential(), "a credential");
  }

  /** An order whose buyer is about to pay. */
  default Offer unpaid() throws Exception {
    Offer offer = created(stage().method());
    stage().arrive(offer.payOrder(), offer.credential());
    return offer;
  }

  default PayOrder paid() throws Exception {
    PayOrder payOrder = order();
    PrepayResult result = channel().prepay(payOrder);
    if (result.trade() == null) {
      assertThat(stage().pay(payOrder, credential(result))).as("paid").isTrue();
    }
    assertThat(stage().received(payOrder.outTradeNo())).isEqualTo(payOrder.amount());
    return payOrder;
  }

  default TradeState state(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    return channel().query(payOrder).state();
  }

  default void assertPaid(PayOrder payOrder, TradeResult trade) {
    assertThat(trade.state()).isEqualTo(TradeState.PAID);
    assertThat(payOrder.agreesWith(trade)).as("%s of %s", trade, payOrder).isTrue();
    assertThat(trade.tradeNo()).as("the channel's number").isNotNull();
    assertThat(trade.paidAt()).as("its time").isNotNull();
    assertThat(requireNonNull(trade.paidAt()))
        .isBetween(
            stage().clock.instant().minusSeconds(60), stage().clock.instant().plusSeconds(1));
  }

  default void assertClosed(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    CloseResult closed = channel().close(payOrder);
    assertThat(closed.outcome()).isEqualTo(CloseResult.Outcome.CLOSED);
    assertThat(closed.trade()).isNull();
  }

  /** Whoever tries to pay it now does not succeed, and whoever asks for a credential gets none. */
  default void assertCannotBePaid(Offer offer) throws Exception {
    assertThat(stage().pay(offer.payOrder(), offer.credential())).as("paid").isFalse();
    assertThat(stage().received(offer.payOrder().outTradeNo())).isEqualTo(Money.ZERO);
  }

  static RefundOrder refund(PayOrder payOrder, String number, long fen) {
    return new RefundOrder(
        OutRefundNo.of("R" + number + payOrder.outTradeNo()),
        payOrder.checkoutId(),
        payOrder.outTradeNo(),
        payOrder.channel(),
        Money.ofFen(fen),
        payOrder.amount(),
        RefundReason.LATE);
  }

  static RefundOrder wholeRefund(PayOrder payOrder) {
    return refund(payOrder, "1", payOrder.amount().amountFen());
  }

  /** Asks until the refund has ended, as the refund workflow does. */
  default RefundResult refundedInTheEnd(RefundOrder refund) throws ChannelOutcomeUnknownException {
    RefundResult result = channel().refund(refund);
    if (result.refundedAt() == null && result.refusal() == null) {
      stage().letRefundsEnd();
      result = channel().refund(refund);
    }
    return result;
  }

  default void assertRefunded(RefundOrder refund) throws ChannelOutcomeUnknownException {
    RefundResult result = refundedInTheEnd(refund);
    assertThat(result.refusal()).as("refusal").isNull();
    assertThat(result.refundedAt()).as("time of the refund").isNotNull();
  }

  default void assertRefused(RefundOrder refund) throws ChannelOutcomeUnknownException {
    RefundResult result = channel().refund(refund);
    assertThat(result.refundedAt()).as("time of the refund").isNull();
    assertThat(result.refusal()).as("refusal").isNotNull();
  }

  /** As a workflow does: the same call again, until it is answered. */
  static <T> T untilAnswered(Callable<T> call) throws Exception {
    for (int i = 0; i < 20; i++) {
      try {
        return call.call();
      } catch (ChannelOutcomeUnknownException e) {
        // It is repeated, with the same number.
      }
    }
    throw new AssertionError("there is no answer");
  }

  /** All of them at the same time; throws what one threw. */
  static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    CountDownLatch start = new CountDownLatch(calls.size());
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> call : calls) {
        futures.add(
            threads.submit(
                () -> {
                  start.countDown();
                  start.await();
                  return call.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
