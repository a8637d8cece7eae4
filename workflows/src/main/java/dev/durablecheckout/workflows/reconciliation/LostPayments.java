package dev.durablecheckout.workflows.reconciliation;

import dev.durablecheckout.workflows.checkout.CheckoutBooks;
import dev.durablecheckout.workflows.checkout.LatePaymentWorkflow;
import dev.durablecheckout.workflows.payment.LatePayment;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayOrderRecord;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.PaymentNotified;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.temporal.ActivityPolicies;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.ExternalWorkflowStub;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * Puts right what the channel has and the books do not: the channel is asked about each, and what
 * it confirms takes the way of any other news of a payment. A bill alone books nothing.
 */
final class LostPayments {
  private final BillDay day;
  private final ReconciliationActivities reconciliation;
  private final CheckoutBooks books =
      Workflow.newLocalActivityStub(CheckoutBooks.class, ActivityPolicies.books());

  LostPayments(BillDay day, ReconciliationActivities reconciliation) {
    this.day = day;
    this.reconciliation = reconciliation;
  }

  /**
   * Sees to one. Done twice it is as done once.
   *
   * @return whether its money is on its way into the books
   */
  boolean lookInto(OutTradeNo outTradeNo) {
    PayOrderRecord known = books.findPayOrder(outTradeNo);
    if (known == null) {
      return false;
    }
    if (known.status() == PayOrderStatus.SUCCEEDED) {
      return true;
    }
    PayOrder payOrder = known.payOrder();
    TradeResult trade = ask(payOrder);
    if (trade == null) {
      return false;
    }
    if (trade.state() != TradeState.PAID || !payOrder.agreesWith(trade)) {
      reconciliation.noteUnconfirmed(
          day, outTradeNo, "the channel says " + trade.state() + " of " + trade.amount());
      return false;
    }
    tell(payOrder, trade);
    return true;
  }

  /** A channel that does not answer now is asked again with the next comparison. */
  private @Nullable TradeResult ask(PayOrder payOrder) {
    try {
      return ActivityPolicies.channel(
              payOrder.channel(),
              ActivityPolicies.PATIENCE,
              "query " + payOrder.outTradeNo() + ", which the bill has")
          .query(payOrder);
    } catch (ActivityFailure e) {
      return null;
    }
  }

  private void tell(PayOrder payOrder, TradeResult trade) {
    PaymentNotified notified = new PaymentNotified(null, "bill:" + day.day(), trade);
    ExternalWorkflowStub checkout =
        Workflow.newUntypedExternalWorkflowStub(payOrder.checkoutId().workflowId());
    try {
      checkout.signal("paymentNotified", notified);
    } catch (ApplicationFailure | SignalExternalWorkflowException notRunning) {
      goTheLateWay(new LatePayment(payOrder.checkoutId(), notified));
    }
  }

  /** One at a time: while one for this pay order runs, a second does not start. */
  private static void goTheLateWay(LatePayment late) {
    LatePaymentWorkflow workflow =
        Workflow.newChildWorkflowStub(
            LatePaymentWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(LatePaymentWorkflow.workflowId(late.notified().trade().outTradeNo()))
                .setTaskQueue(TaskQueues.CHECKOUT)
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                // An earlier one may have come too early, and ended without having seen the money.
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setStaticSummary(late.summary())
                .build());
    Async.function(workflow::run, late);
    try {
      Workflow.getWorkflowExecution(workflow).get();
    } catch (ChildWorkflowFailure running) {
      Workflow.getLogger(LostPayments.class)
          .info("{} is being looked into already", late.notified().trade().outTradeNo());
    }
  }
}
