package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.payment.LatePayment;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Money that is reported after its checkout's workflow has ended: asks the channel itself, books
 * what it says, and sends back what does not settle the checkout. One per pay order.
 */
@WorkflowInterface
public interface LatePaymentWorkflow {
  @WorkflowMethod
  LatePaymentResult run(LatePayment late);

  static String workflowId(OutTradeNo outTradeNo) {
    return "late:" + outTradeNo.value();
  }
}
