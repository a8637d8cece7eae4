package dev.durablecheckout.workflows.serviceorder;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;

/**
 * One service order, from the request until its cost is collected. Its id is {@link
 * ServiceOrderId#workflowId}; the books' unique keys guard what outlives the id.
 *
 * <p>Commands are refused with {@code SERVICE_ORDER_STATE} where the order's state does not allow
 * them, and with {@code CHANNEL_REFUSED} where WeChat says no for another reason.
 */
@WorkflowInterface
public interface ServiceOrderWorkflow {
  @WorkflowMethod
  ServiceOrderStatus run(ServiceOrderRequest request);

  /** The fixed id of the {@link #open} update. */
  String OPEN_UPDATE_ID = "open";

  /**
   * Answers as soon as WeChat has: with the credential, or with its refusal. Fails, for good, with
   * {@code MERCHANT_ORDER_NO_REUSED} or {@code IDEMPOTENCY_KEY_REUSED}.
   */
  @UpdateMethod(
      name = "openServiceOrder",
      description = "The first answer: what the buyer confirms")
  ServiceOrderView open();

  /** A verified notify of WeChat. Repeats change nothing. */
  @SignalMethod(description = "A verified notify of WeChat")
  void serviceOrderNotified(ServiceOrderNotified notified);

  /**
   * Ends the service and has its cost collected. A repeat with the same bill gets the same answer.
   * Refused beforehand, with {@code SERVICE_END_INVALID}, if the end is not after the beginning or
   * lies in the future, and with {@code RISK_FUND_EXCEEDED}.
   */
  @UpdateMethod(description = "The service has ended: collect what it costs")
  ServiceOrderView complete(CompleteServiceOrder command);

  /**
   * Lowers the bill while it is being collected. Refused beforehand, with {@code BILL_NOT_LOWER},
   * if it is not lower.
   */
  @UpdateMethod(description = "Lower the bill that is being collected")
  ServiceOrderView modify(ServiceBill bill, String reason);

  /** Gives the order up; possible until the service has ended. */
  @UpdateMethod(name = "cancelServiceOrder", description = "Give the order up")
  ServiceOrderView cancel(String reason);

  /** The buyer has paid in another way: WeChat stops collecting. */
  @UpdateMethod(description = "The buyer has paid in another way")
  ServiceOrderView sync(Instant paidAt);

  @QueryMethod(description = "Where the service order stands")
  ServiceOrderView serviceOrder();
}
