package dev.durablecheckout.workflows.client;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutRequest;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.checkout.CheckoutView;
import dev.durablecheckout.workflows.checkout.CheckoutWorkflow;
import dev.durablecheckout.workflows.checkout.LatePaymentWorkflow;
import dev.durablecheckout.workflows.payment.LatePayment;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PaymentNotified;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The typed front door to the workflows, for the API. Each call is bounded by the given patience: a
 * call that ran out of it may have worked ({@link OutcomeUnknownException}); the caller asks again,
 * with the same business number.
 */
public final class CheckoutClient {
  private final WorkflowClient client;
  private final BoundedCalls calls;

  /**
   * @param deadlines cancels calls that run out of time; shared, owned by the caller
   */
  public CheckoutClient(WorkflowClient client, ScheduledExecutorService deadlines) {
    this.client = client;
    this.calls = new BoundedCalls(client, deadlines);
  }

  /**
   * Starts the checkout and waits for its first answer; a repeat, also after the end, gets the
   * first answer again (see {@link CheckoutView#requestId}).
   *
   * @throws RefusedException if the checkout was refused, for good
   * @throws OutcomeUnknownException if there is no answer yet
   */
  public CheckoutView open(CheckoutRequest request, Duration patience) {
    CheckoutWorkflow workflow =
        client.newWorkflowStub(CheckoutWorkflow.class, startOptions(request));
    return calls.opened(
        opening(request.checkoutId()),
        workflow::open,
        new WithStartWorkflowOperation<>(workflow::run, request),
        patience);
  }

  /**
   * The first answer of a checkout that was asked for before. Starts nothing.
   *
   * @throws RefusedException if the checkout was refused, for good
   * @throws OutcomeUnknownException if there is no answer yet
   * @throws NotRunningException if the server does not know the checkout
   */
  public CheckoutView firstAnswer(CheckoutId id, Duration patience) {
    return calls.firstAnswer(opening(id), patience);
  }

  private static FirstAnswer<CheckoutView> opening(CheckoutId id) {
    return new FirstAnswer<>(id.workflowId(), CheckoutWorkflow.OPEN_UPDATE_ID, CheckoutView.class);
  }

  private static WorkflowOptions startOptions(CheckoutRequest request) {
    return BoundedCalls.startOnce(request.checkoutId().workflowId())
        .setStaticSummary(request.summary())
        .setTypedSearchAttributes(searchAttributes(request))
        .build();
  }

  private static SearchAttributes searchAttributes(CheckoutRequest request) {
    SearchAttributes.Builder attributes =
        SearchAttributes.newBuilder()
            .set(SearchAttributeKeys.CHECKOUT_STATUS, CheckoutStatus.AWAITING_PAYMENT.name())
            .set(SearchAttributeKeys.AMOUNT_FEN, request.amount().amountFen())
            .set(SearchAttributeKeys.PAY_DEADLINE, request.deadline().atOffset(ZoneOffset.UTC));
    PayChoice choice = request.choice();
    if (choice != null) {
      attributes.set(SearchAttributeKeys.PAY_CHANNEL, choice.channel().name());
    }
    return attributes.build();
  }

  /**
   * Asks the channel now. An update with an id that was used before gets that one's answer.
   *
   * @throws NotRunningException if the checkout's workflow has ended or never was
   */
  public CheckoutView confirm(CheckoutId id, @Nullable String updateId, Duration patience) {
    return update(id, "confirm", updateId, patience);
  }

  /**
   * Closes the checkout unless it was paid.
   *
   * @throws NotRunningException if the checkout's workflow has ended or never was
   * @throws RefusedException with ALREADY_PAID or ALREADY_CLOSED
   */
  public CheckoutView cancel(CheckoutId id, @Nullable String updateId, Duration patience) {
    return update(id, "cancel", updateId, patience);
  }

  /**
   * Pays again or in another way.
   *
   * @throws NotRunningException if the checkout's workflow has ended or never was
   * @throws RefusedException as {@link CheckoutWorkflow#pay} lists
   */
  public CheckoutView pay(
      CheckoutId id, PayChoice choice, @Nullable String updateId, Duration patience) {
    return update(id, "pay", updateId, patience, choice);
  }

  private CheckoutView update(
      CheckoutId id,
      String name,
      @Nullable String updateId,
      Duration patience,
      Object... arguments) {
    return calls.update(CheckoutView.class, id.workflowId(), name, updateId, patience, arguments);
  }

  /**
   * The workflow's own view, also after its end while the server keeps it.
   *
   * @throws NotRunningException if the server does not know the checkout
   */
  public CheckoutView view(CheckoutId id, Duration patience) {
    return calls.query(CheckoutView.class, id.workflowId(), "view", patience);
  }

  /**
   * Hands a verified notify to the checkout. Durable when this returns.
   *
   * @return false if no workflow of this checkout is running: the caller goes the late way
   */
  public boolean paymentNotified(CheckoutId id, PaymentNotified notified, Duration patience) {
    return calls.signal(id.workflowId(), "paymentNotified", patience, notified);
  }

  /** Looks into a payment whose checkout has ended. Once per pay order: a repeat does nothing. */
  public void startLatePayment(LatePayment late, Duration patience) {
    LatePaymentWorkflow workflow =
        client.newWorkflowStub(
            LatePaymentWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(LatePaymentWorkflow.workflowId(late.notified().trade().outTradeNo()))
                .setTaskQueue(TaskQueues.CHECKOUT)
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .setStaticSummary(late.summary())
                .build());
    calls.within(
        patience,
        deadline -> {
          try {
            WorkflowClient.start(workflow::run, late);
          } catch (WorkflowExecutionAlreadyStarted e) {
            return false;
          }
          return true;
        });
  }
}
