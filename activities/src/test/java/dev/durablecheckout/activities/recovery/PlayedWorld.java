package dev.durablecheckout.activities.recovery;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.event.EventActivities;
import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.payment.ChannelActivities;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayerIdentity;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundResult;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A channel, its buyers and an order system, in memory: what they were asked can be counted. */
final class PlayedWorld implements ChannelActivities, EventActivities {
  private final Supplier<Instant> clock;
  private final Consumer<String> delivered;
  private final Map<OutTradeNo, Instant> paid = new LinkedHashMap<>();
  private final List<OutTradeNo> prepays = new ArrayList<>();
  private final List<OutRefundNo> refunds = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private boolean refundsTakeTime;
  private boolean refundsAreRefused;
  private boolean orderSystemIsDown;

  /**
   * @param delivered is told of each event that was acknowledged
   */
  PlayedWorld(Supplier<Instant> clock, Consumer<String> delivered) {
    this.clock = clock;
    this.delivered = delivered;
  }

  synchronized void pay(OutTradeNo no) {
    paid.putIfAbsent(no, clock.get());
  }

  synchronized void refundsTakeTime(boolean takeTime) {
    refundsTakeTime = takeTime;
  }

  synchronized void refundsAreRefused(boolean refused) {
    refundsAreRefused = refused;
  }

  synchronized void orderSystemIsDown(boolean down) {
    orderSystemIsDown = down;
  }

  synchronized List<OutTradeNo> prepays() {
    return List.copyOf(prepays);
  }

  synchronized List<OutRefundNo> refunds() {
    return List.copyOf(refunds);
  }

  synchronized List<String> events() {
    return List.copyOf(events);
  }

  @Override
  public PayerIdentity identify(CheckoutId checkoutId, PayChoice choice) {
    throw new UnsupportedOperationException();
  }

  @Override
  public synchronized PrepayResult prepay(PayOrder payOrder) {
    prepays.add(payOrder.outTradeNo());
    return PrepayResult.ready(new PayCredential(PayCredential.Type.QR_CODE, "https://qr.example/"));
  }

  @Override
  public TradeResult awaitPayment(PayOrder payOrder) {
    TradeResult trade = query(payOrder);
    if (trade.state() == TradeState.PAID) {
      return trade;
    }
    throw ApplicationFailure.newBuilder()
        .setMessage("not paid yet")
        .setType(FailureType.NOT_PAID_YET.name())
        .setCategory(ApplicationErrorCategory.BENIGN)
        .build();
  }

  @Override
  public synchronized TradeResult query(PayOrder payOrder) {
    OutTradeNo no = payOrder.outTradeNo();
    @Nullable Instant paidAt = paid.get(no);
    return paidAt == null
        ? new TradeResult(no, TradeState.NOT_CREATED, null, null, null)
        : new TradeResult(no, TradeState.PAID, TradeNo.of("T" + no), payOrder.amount(), paidAt);
  }

  @Override
  public synchronized CloseResult close(PayOrder payOrder) {
    TradeResult trade = query(payOrder);
    return trade.state() == TradeState.PAID
        ? new CloseResult(CloseResult.Outcome.ALREADY_PAID, trade)
        : new CloseResult(CloseResult.Outcome.NOT_CREATED, null);
  }

  @Override
  public synchronized RefundResult refund(RefundOrder refund) {
    if (refundsAreRefused) {
      return RefundResult.refused(
          new Refusal(Refusal.Code.MERCHANT_ACCOUNT, "SELLER_BALANCE_NOT_ENOUGH", "no money"));
    }
    if (refundsTakeTime) {
      return RefundResult.processing();
    }
    refunds.add(refund.outRefundNo());
    return RefundResult.succeeded(clock.get());
  }

  @Override
  public synchronized void deliver(OrderEvent event) {
    if (orderSystemIsDown) {
      throw ApplicationFailure.newFailure("503", FailureType.EVENT_NOT_ACKNOWLEDGED.name());
    }
    events.add(event.eventId());
    delivered.accept(event.eventId());
  }
}
