package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.event.EventDelivery;
import dev.durablecheckout.workflows.payment.LatePayment;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayOrderRecord;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.PaymentArrived;
import dev.durablecheckout.workflows.payment.PaymentRecorded;
import dev.durablecheckout.workflows.payment.PersistentCalls;
import dev.durablecheckout.workflows.payment.Settlement;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.AutomaticRefund;
import dev.durablecheckout.workflows.refund.RefundReason;
import dev.durablecheckout.workflows.temporal.ActivityPolicies;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/** Asks, books, sends back; see {@link LatePaymentWorkflow}. */
public final class LatePaymentWorkflowImpl implements LatePaymentWorkflow {
  private final CheckoutBooks books =
      Workflow.newLocalActivityStub(CheckoutBooks.class, ActivityPolicies.books());

  @Override
  public LatePaymentResult run(LatePayment late) {
    PayOrderRecord known = books.findPayOrder(late.notified().trade().outTradeNo());
    if (known == null) {
      return new LatePaymentResult(null);
    }
    if (known.settlement() == Settlement.SETTLED) {
      return new LatePaymentResult(Settlement.SETTLED);
    }
    PayOrder payOrder = known.payOrder();
    TradeResult trade = ask(payOrder);
    if (trade.state() != TradeState.PAID) {
      return new LatePaymentResult(null);
    }
    if (!payOrder.agreesWith(trade)) {
      raise(
          payOrder,
          Attention.AMOUNT_MISMATCH,
          "the channel took " + trade.amount() + " for " + payOrder.outTradeNo());
      return new LatePaymentResult(null);
    }
    return new LatePaymentResult(settle(payOrder, trade, late.notified().notifyLogId()));
  }

  private TradeResult ask(PayOrder payOrder) {
    return PersistentCalls.untilAnswered(
        payOrder.channel(),
        "query " + payOrder.outTradeNo(),
        channel -> channel.query(payOrder),
        trouble -> raise(payOrder, Attention.CHANNEL_UNREACHABLE, trouble));
  }

  private Settlement settle(PayOrder payOrder, TradeResult trade, @Nullable Long notifyLogId) {
    PaymentRecorded recorded =
        books.recordPayment(
            new PaymentArrived(payOrder.checkoutId(), trade, PaySource.NOTIFY, notifyLogId));
    switch (recorded.settlement()) {
      case LATE -> AutomaticRefund.start(payOrder, RefundReason.LATE);
      case DUPLICATE -> AutomaticRefund.start(payOrder, RefundReason.DUPLICATE);
      case SETTLED -> {
        if (recorded.event() != null) {
          EventDelivery.untilAcknowledged(
              recorded.event(), trouble -> raise(payOrder, Attention.EVENT_UNDELIVERED, trouble));
        }
      }
    }
    return recorded.settlement();
  }

  private void raise(PayOrder payOrder, Attention attention, String detail) {
    books.recordAttention(payOrder.checkoutId(), attention, detail);
  }
}
