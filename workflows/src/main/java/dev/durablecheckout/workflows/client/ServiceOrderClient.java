package dev.durablecheckout.workflows.client;

import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.serviceorder.CompleteServiceOrder;
import dev.durablecheckout.workflows.serviceorder.ServiceBill;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderNotified;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRequest;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderStatus;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderView;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderWorkflow;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The typed front door to service orders, for the API; as {@link CheckoutClient} for checkouts.
 * Each call is bounded by the given patience, and throws {@link OutcomeUnknownException} when that
 * has run out; commands throw {@link RefusedException} as {@link ServiceOrderWorkflow} lists, and
 * {@link NotRunningException} if the order's workflow has ended or never was.
 */
public final class ServiceOrderClient {
  private final WorkflowClient client;
  private final BoundedCalls calls;

  /**
   * @param deadlines cancels calls that run out of time; shared, owned by the caller
   */
  public ServiceOrderClient(WorkflowClient client, ScheduledExecutorService deadlines) {
    this.client = client;
    this.calls = new BoundedCalls(client, deadlines);
  }

  /** Starts the order and waits for its first answer; a repeat gets the first answer again. */
  public ServiceOrderView open(ServiceOrderRequest request, Duration patience) {
    ServiceOrderWorkflow workflow =
        client.newWorkflowStub(ServiceOrderWorkflow.class, startOptions(request));
    return calls.opened(
        opening(request.id()),
        workflow::open,
        new WithStartWorkflowOperation<>(workflow::run, request),
        patience);
  }

  /**
   * The first answer of an order that was asked for before. Starts nothing.
   *
   * @throws RefusedException if the order was refused, for good
   * @throws OutcomeUnknownException if there is no answer yet
   * @throws NotRunningException if the server does not know the order, or not this answer
   */
  public ServiceOrderView firstAnswer(ServiceOrderId id, Duration patience) {
    return calls.firstAnswer(opening(id), patience);
  }

  private static FirstAnswer<ServiceOrderView> opening(ServiceOrderId id) {
    return new FirstAnswer<>(
        id.workflowId(), ServiceOrderWorkflow.OPEN_UPDATE_ID, ServiceOrderView.class);
  }

  private static WorkflowOptions startOptions(ServiceOrderRequest request) {
    return BoundedCalls.startOnce(request.id().workflowId())
        .setStaticSummary(request.summary())
        .setTypedSearchAttributes(
            SearchAttributes.newBuilder()
                .set(SearchAttributeKeys.CHECKOUT_STATUS, ServiceOrderStatus.CREATED.name())
                .set(SearchAttributeKeys.PAY_CHANNEL, Channel.WECHAT_PAY.name())
                .set(SearchAttributeKeys.AMOUNT_FEN, request.riskFund().amount().amountFen())
                .build())
        .build();
  }

  public ServiceOrderView complete(
      ServiceOrderId id,
      CompleteServiceOrder command,
      @Nullable String updateId,
      Duration patience) {
    return update(id, "complete", updateId, patience, command);
  }

  public ServiceOrderView modify(
      ServiceOrderId id,
      ServiceBill bill,
      String reason,
      @Nullable String updateId,
      Duration patience) {
    return update(id, "modify", updateId, patience, bill, reason);
  }

  public ServiceOrderView cancel(
      ServiceOrderId id, String reason, @Nullable String updateId, Duration patience) {
    return update(id, "cancelServiceOrder", updateId, patience, reason);
  }

  public ServiceOrderView sync(
      ServiceOrderId id, Instant paidAt, @Nullable String updateId, Duration patience) {
    return update(id, "sync", updateId, patience, paidAt);
  }

  private ServiceOrderView update(
      ServiceOrderId id,
      String name,
      @Nullable String updateId,
      Duration patience,
      Object... arguments) {
    return calls.update(
        ServiceOrderView.class, id.workflowId(), name, updateId, patience, arguments);
  }

  /** The workflow's own view, also after its end while the server keeps it. */
  public ServiceOrderView view(ServiceOrderId id, Duration patience) {
    return calls.query(ServiceOrderView.class, id.workflowId(), "serviceOrder", patience);
  }

  /**
   * Hands a verified notify to the order. Durable when this returns.
   *
   * @return false if no workflow of this order is running
   */
  public boolean notified(ServiceOrderId id, ServiceOrderNotified notified, Duration patience) {
    return calls.signal(id.workflowId(), "serviceOrderNotified", patience, notified);
  }
}
