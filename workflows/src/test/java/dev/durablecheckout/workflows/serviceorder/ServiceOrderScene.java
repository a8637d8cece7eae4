package dev.durablecheckout.workflows.serviceorder;

import dev.durablecheckout.workflows.event.EventActivities;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** One service order where time can be skipped: the workflow is real, the world is played. */
final class ServiceOrderScene implements AutoCloseable {
  static final Money FUND = new Money(50_000);
  static final ServiceBill BILL = bill(1_500);

  final ServiceOrderId id =
      new ServiceOrderId(MerchantId.of("shop"), MerchantOrderNo.of("UMBRELLA-1"));
  final TestWorkflowEnvironment temporal;
  final FakePayScore wechat;
  final FakeServiceOrderBooks books = new FakeServiceOrderBooks();
  final List<String> told = new CopyOnWriteArrayList<>();
  private int notifies;

  ServiceOrderScene(WorkerFactoryOptions workers) {
    TestEnvironmentOptions.Builder options =
        TestEnvironmentOptions.newBuilder().setWorkerFactoryOptions(workers);
    SearchAttributeKeys.ALL.forEach(
        key -> options.registerSearchAttribute(key.getName(), key.getValueType()));
    temporal = TestWorkflowEnvironment.newInstance(options.build());
    wechat = new FakePayScore(this::now);
    Worker worker = temporal.newWorker(TaskQueues.CHECKOUT);
    worker.registerWorkflowImplementationTypes(ServiceOrderWorkflowImpl.class);
    worker.registerActivitiesImplementations(books);
    temporal.newWorker(TaskQueues.of(Channel.WECHAT_PAY)).registerActivitiesImplementations(wechat);
    EventActivities orderSystem = event -> told.add(event.type().name());
    temporal.newWorker(TaskQueues.EVENTS).registerActivitiesImplementations(orderSystem);
    temporal.start();
  }

  static ServiceBill bill(long fen) {
    return new ServiceBill(
        List.of(new ServiceFee("An umbrella", new Money(fen + 500), "per hour", 3)),
        List.of(new ServiceFee("New customer", new Money(500), null, null)));
  }

  ServiceOrderRequest request() {
    return new ServiceOrderRequest(
        id,
        "request-1",
        "fingerprint-1",
        null,
        "An umbrella",
        new RiskFund(RiskFund.Name.DEPOSIT, FUND),
        "buyer-1",
        Map.of());
  }

  ServiceOrderView open() {
    ServiceOrderWorkflow workflow =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(
                ServiceOrderWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(id.workflowId())
                    .setTaskQueue(TaskQueues.CHECKOUT)
                    .setWorkflowIdConflictPolicy(
                        WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                    .build());
    return WorkflowClient.executeUpdateWithStart(
        workflow::open,
        UpdateOptions.<ServiceOrderView>newBuilder()
            .setUpdateId(ServiceOrderWorkflow.OPEN_UPDATE_ID)
            .build(),
        new WithStartWorkflowOperation<>(workflow::run, request()));
  }

  ServiceOrderWorkflow workflow() {
    return temporal
        .getWorkflowClient()
        .newWorkflowStub(ServiceOrderWorkflow.class, id.workflowId());
  }

  ServiceOrderView complete() {
    return workflow().complete(new CompleteServiceOrder(BILL, null));
  }

  /** Does not wait for the answer. */
  void beginToComplete() {
    WorkflowUpdateHandle<ServiceOrderView> unused =
        temporal
            .getWorkflowClient()
            .newUntypedWorkflowStub(id.workflowId())
            .startUpdate(
                UpdateOptions.newBuilder(ServiceOrderView.class)
                    .setUpdateName("complete")
                    .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
                    .build(),
                new CompleteServiceOrder(BILL, null));
  }

  void notify(ServiceOrderResult order) {
    workflow().serviceOrderNotified(new ServiceOrderNotified(null, "n-" + ++notifies, order));
  }

  void pass(Duration time) {
    temporal.sleep(time);
  }

  ServiceOrderStatus end() {
    return temporal
        .getWorkflowClient()
        .newUntypedWorkflowStub(id.workflowId())
        .getResult(ServiceOrderStatus.class);
  }

  Instant now() {
    return Instant.ofEpochMilli(temporal.currentTimeMillis());
  }

  @Override
  public void close() {
    temporal.close();
  }
}
