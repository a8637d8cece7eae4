package dev.durablecheckout.workflows.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.LatePayment;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.PaymentNotified;
import dev.durablecheckout.workflows.payment.Settlement;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundStatus;
import dev.durablecheckout.workflows.refund.RefundWorkflow;
import dev.durablecheckout.workflows.refund.RefundWorkflowImpl;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.common.SearchAttributeKey;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One checkout on a stage where time can be skipped: the workflow is real, the world around it is
 * played.
 */
final class Scene implements AutoCloseable {
  static final Money AMOUNT = new Money(12_345);
  static final PayChoice QR = new PayChoice(Channel.ALIPAY, PayMethod.QR);
  static final PayChoice PAGE = new PayChoice(Channel.ALIPAY, PayMethod.PAGE);
  private static final Duration SLICE = Duration.ofSeconds(5);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  final TestWorkflowEnvironment temporal;
  final FakeBooks books = new FakeBooks(this::now);
  final FakeChannel channel;
  final FakeOrderSystem orders = new FakeOrderSystem();
  final CheckoutId id = newId();
  private final Set<OutTradeNo> lateOnes = new LinkedHashSet<>();
  private int notifies;

  Scene() {
    this(WorkerFactoryOptions.getDefaultInstance());
  }

  Scene(WorkerFactoryOptions options) {
    temporal =
        TestWorkflowEnvironment.newInstance(
            searchAttributes(TestEnvironmentOptions.newBuilder())
                .setWorkerFactoryOptions(options)
                .build());
    channel = new FakeChannel(books, this::now);
    Worker worker = temporal.newWorker(TaskQueues.CHECKOUT);
    worker.registerWorkflowImplementationTypes(
        CheckoutWorkflowImpl.class, LatePaymentWorkflowImpl.class, RefundWorkflowImpl.class);
    worker.registerActivitiesImplementations(books);
    for (Channel each : Channel.values()) {
      temporal.newWorker(TaskQueues.of(each)).registerActivitiesImplementations(channel);
    }
    temporal.newWorker(TaskQueues.EVENTS).registerActivitiesImplementations(orders);
    temporal.start();
  }

  private static TestEnvironmentOptions.Builder searchAttributes(
      TestEnvironmentOptions.Builder options) {
    for (SearchAttributeKey<?> key : SearchAttributeKeys.ALL) {
      IndexedValueType type = key.getValueType();
      options.registerSearchAttribute(key.getName(), type);
    }
    return options;
  }

  private static CheckoutId newId() {
    return new CheckoutId(
        MerchantId.of("shop"), MerchantOrderNo.of("A" + NUMBER.incrementAndGet()));
  }

  CheckoutRequest request(Duration expiresIn) {
    return request(expiresIn, QR);
  }

  CheckoutRequest request(Duration expiresIn, @Nullable PayChoice choice) {
    return new CheckoutRequest(
        id,
        "request-1",
        "fingerprint-1",
        null,
        "A book",
        AMOUNT,
        "buyer-1",
        List.of(),
        choice,
        now().plus(expiresIn),
        null,
        Map.of(),
        CheckoutPolicy.DEFAULT);
  }

  /** Opens a checkout of 30 minutes and returns its first answer. */
  CheckoutView open() {
    return open(request(Duration.ofMinutes(30)));
  }

  CheckoutView open(@Nullable PayChoice choice) {
    return open(request(Duration.ofMinutes(30), choice));
  }

  CheckoutView open(CheckoutRequest request) {
    CheckoutWorkflow workflow =
        temporal.getWorkflowClient().newWorkflowStub(CheckoutWorkflow.class, options());
    return WorkflowClient.executeUpdateWithStart(
        workflow::open,
        UpdateOptions.<CheckoutView>newBuilder()
            .setUpdateId(CheckoutWorkflow.OPEN_UPDATE_ID)
            .build(),
        new WithStartWorkflowOperation<>(workflow::run, request));
  }

  /** Starts a checkout without waiting for its first answer. */
  void start(CheckoutRequest request) {
    CheckoutWorkflow workflow =
        temporal.getWorkflowClient().newWorkflowStub(CheckoutWorkflow.class, options());
    WorkflowClient.start(workflow::run, request);
  }

  private WorkflowOptions options() {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(id.workflowId())
        .setTaskQueue(TaskQueues.CHECKOUT)
        .setWorkflowIdConflictPolicy(
            WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
        .build();
  }

  CheckoutWorkflow workflow() {
    return temporal.getWorkflowClient().newWorkflowStub(CheckoutWorkflow.class, id.workflowId());
  }

  WorkflowStub untyped() {
    return temporal.getWorkflowClient().newUntypedWorkflowStub(id.workflowId());
  }

  /** Sends an update and returns as soon as it is accepted. */
  WorkflowUpdateHandle<CheckoutView> send(String update, Object... arguments) {
    return untyped()
        .startUpdate(
            UpdateOptions.newBuilder(CheckoutView.class)
                .setUpdateName(update)
                .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
                .build(),
            arguments);
  }

  /**
   * Does with a verified notify what the API does: a signal, or the late way if the workflow has
   * ended.
   */
  void notify(TradeResult trade) {
    PaymentNotified notified = new PaymentNotified(null, "notify-" + ++notifies, trade);
    try {
      workflow().paymentNotified(notified);
    } catch (WorkflowNotFoundException ended) {
      LatePaymentWorkflow late =
          temporal
              .getWorkflowClient()
              .newWorkflowStub(
                  LatePaymentWorkflow.class,
                  WorkflowOptions.newBuilder()
                      .setWorkflowId(LatePaymentWorkflow.workflowId(trade.outTradeNo()))
                      .setTaskQueue(TaskQueues.CHECKOUT)
                      .build());
      lateOnes.add(trade.outTradeNo());
      try {
        WorkflowClient.start(late::run, new LatePayment(id, notified));
      } catch (WorkflowExecutionAlreadyStarted alreadyLookedInto) {
        // The same late payment, notified again.
      }
    }
  }

  /**
   * The laws, as far as a finished checkout must keep them: paid once or closed, told once, and the
   * channel holds exactly what is due.
   */
  void assertLaws() {
    for (OutTradeNo late : lateOnes) {
      temporal
          .getWorkflowClient()
          .newUntypedWorkflowStub(LatePaymentWorkflow.workflowId(late))
          .getResult(LatePaymentResult.class);
    }
    boolean paid = books.status(id) == CheckoutStatus.PAID;
    assertThat(books.status(id)).isNotEqualTo(CheckoutStatus.AWAITING_PAYMENT);
    books.payOrders(id).stream()
        .filter(
            row -> row.settlement() == Settlement.LATE || row.settlement() == Settlement.DUPLICATE)
        .forEach(row -> awaitRefund(OutRefundNo.automatic(row.payOrder().outTradeNo())));
    assertThat(channel.receiptsLessRefundsFen(id)).isEqualTo(paid ? AMOUNT.amountFen() : 0);
    assertThat(orders.eventIds().stream().filter(event -> event.endsWith(id.value())).toList())
        .contains((paid ? "evt_paid_" : "evt_closed_") + id)
        .doesNotContain((paid ? "evt_closed_" : "evt_paid_") + id);
    assertThat(
            books.payOrders(id).stream()
                .filter(payOrder -> payOrder.settlement() == Settlement.SETTLED))
        .hasSize(paid ? 1 : 0);
    assertThat(books.payOrders(id)).noneMatch(row -> row.status() == PayOrderStatus.PAYING);
    assertThat(books.attention(id)).isNull();
  }

  private void awaitRefund(OutRefundNo no) {
    temporal
        .getWorkflowClient()
        .newUntypedWorkflowStub(RefundWorkflow.workflowId(no))
        .getResult(RefundStatus.class);
  }

  OutTradeNo no(int attempt) {
    return OutTradeNo.of(id, attempt);
  }

  /**
   * Lets time pass while the checkout runs; what happens after its end is not a matter of time. In
   * slices, because the test server stops skipping time for good when a poll comes due after the
   * end of its workflow.
   */
  void pass(Duration time) {
    Instant until = now().plus(time);
    while (now().isBefore(until) && isRunning()) {
      Duration left = Duration.between(now(), until);
      temporal.sleep(left.compareTo(SLICE) < 0 ? left : SLICE);
    }
  }

  private boolean isRunning() {
    return untyped().describe().getStatus()
        == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  CheckoutResult end() {
    return untyped().getResult(CheckoutResult.class);
  }

  /** How the automatic refund of an attempt ends. */
  RefundStatus refund(int attempt) {
    OutRefundNo refundNo = OutRefundNo.automatic(no(attempt));
    awaitRefund(refundNo);
    return books.refunds(id).get(refundNo);
  }

  Instant now() {
    return Instant.ofEpochMilli(temporal.currentTimeMillis());
  }

  @Override
  public void close() {
    temporal.close();
  }
}
