package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PaymentNotified;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundStatus;
import dev.durablecheckout.workflows.refund.RefundWorkflow;
import dev.durablecheckout.workflows.refund.RefundWorkflowImpl;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One checkout on a stage where time can be skipped: the workflow is real, the world around it is
 * played.
 */
final class Scene implements AutoCloseable {
  static final Money AMOUNT = new Money(12_345);
  static final PayChoice QR = new PayChoice(Channel.ALIPAY, PayMethod.QR);
  static final PayChoice PAGE = new PayChoice(Channel.ALIPAY, PayMethod.PAGE);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  final TestWorkflowEnvironment temporal;
  final FakeBooks books = new FakeBooks();
  final FakeChannel channel;
  final FakeOrderSystem orders = new FakeOrderSystem();
  final CheckoutId id =
      new CheckoutId(MerchantId.of("shop"), MerchantOrderNo.of("A" + NUMBER.incrementAndGet()));
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
    temporal.newWorker(TaskQueues.of(Channel.ALIPAY)).registerActivitiesImplementations(channel);
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

  CheckoutRequest request(Duration expiresIn) {
    return new CheckoutRequest(
        id,
        "request-1",
        "fingerprint-1",
        null,
        "A book",
        AMOUNT,
        "buyer-1",
        List.of(),
        QR,
        now().plus(expiresIn),
        null,
        Map.of(),
        CheckoutPolicy.DEFAULT);
  }

  /** Opens a checkout of 30 minutes and returns its first answer. */
  CheckoutView open() {
    return open(request(Duration.ofMinutes(30)));
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

  void notify(TradeResult trade) {
    workflow().paymentNotified(new PaymentNotified(null, "notify-" + ++notifies, trade));
  }

  OutTradeNo no(int attempt) {
    return OutTradeNo.of(id, attempt);
  }

  void pass(Duration time) {
    temporal.sleep(time);
  }

  CheckoutResult end() {
    return untyped().getResult(CheckoutResult.class);
  }

  /** How the automatic refund of an attempt ends. */
  RefundStatus refund(int attempt) {
    return temporal
        .getWorkflowClient()
        .newUntypedWorkflowStub(RefundWorkflow.workflowId(OutRefundNo.automatic(no(attempt))))
        .getResult(RefundStatus.class);
  }

  Instant now() {
    return Instant.ofEpochMilli(temporal.currentTimeMillis());
  }

  @Override
  public void close() {
    temporal.close();
  }
}
