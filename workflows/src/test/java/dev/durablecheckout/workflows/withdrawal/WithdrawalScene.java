package dev.durablecheckout.workflows.withdrawal;

import dev.durablecheckout.workflows.event.EventActivities;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.temporal.FailureType;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.BatchRequest;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One withdrawal of 600 fen out of 1000, where time can be skipped: the workflow is real, the world
 * is played.
 */
final class WithdrawalScene implements AutoCloseable {
  static final Money AMOUNT = new Money(600);

  private static final MerchantId SHOP = MerchantId.of("shop");
  private static final MerchantOrderNo MERCHANT_NO = MerchantOrderNo.of("OUT-1");

  final WithdrawalNo no = WithdrawalNo.of(SHOP, MERCHANT_NO);
  final TestWorkflowEnvironment temporal;
  final FakePayouts channel;
  final FakeWithdrawalBooks books = new FakeWithdrawalBooks(this::now);
  final List<String> told = new CopyOnWriteArrayList<>();
  volatile boolean orderSystemIsDown;
  private int notifies;

  WithdrawalScene(WorkerFactoryOptions workers) {
    TestEnvironmentOptions.Builder options =
        TestEnvironmentOptions.newBuilder().setWorkerFactoryOptions(workers);
    SearchAttributeKeys.ALL.forEach(
        key -> options.registerSearchAttribute(key.getName(), key.getValueType()));
    temporal = TestWorkflowEnvironment.newInstance(options.build());
    channel = new FakePayouts(this::now);
    Worker worker = temporal.newWorker(TaskQueues.CHECKOUT);
    worker.registerWorkflowImplementationTypes(WithdrawalWorkflowImpl.class);
    worker.registerActivitiesImplementations(books);
    temporal
        .newWorker(TaskQueues.of(Channel.WECHAT_PAY))
        .registerActivitiesImplementations(channel);
    EventActivities orderSystem =
        event -> {
          if (orderSystemIsDown) {
            throw ApplicationFailure.newFailure("503", FailureType.EVENT_NOT_ACKNOWLEDGED.name());
          }
          told.add(event.type().name());
          books.delivered(event.eventId());
        };
    temporal.newWorker(TaskQueues.EVENTS).registerActivitiesImplementations(orderSystem);
    temporal.start();
  }

  WithdrawalRequest request(Money amount) {
    return new WithdrawalRequest(
        new Payout(
            no,
            SHOP,
            Channel.WECHAT_PAY,
            amount,
            new Payee(Payee.Kind.WECHAT_OPENID, "o-1", null),
            "your money"),
        MERCHANT_NO,
        "buyer-1",
        "request-1",
        "fingerprint-1");
  }

  WithdrawalView open() {
    return open(AMOUNT);
  }

  WithdrawalView open(Money amount) {
    WithdrawalWorkflow workflow = stub();
    return WorkflowClient.executeUpdateWithStart(
        workflow::open,
        UpdateOptions.<WithdrawalView>newBuilder()
            .setUpdateId(WithdrawalWorkflow.OPEN_UPDATE_ID)
            .build(),
        new WithStartWorkflowOperation<>(workflow::run, request(amount)));
  }

  /** Does not wait for the answer. */
  void begin() {
    WorkflowClient.start(stub()::run, request(AMOUNT));
  }

  private WithdrawalWorkflow stub() {
    return temporal
        .getWorkflowClient()
        .newWorkflowStub(
            WithdrawalWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(no.workflowId())
                .setTaskQueue(TaskQueues.CHECKOUT)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .build());
  }

  /** As the books rebuild it once it was paid: nobody knows any more who was. */
  WithdrawalRequest paidRequest() {
    WithdrawalRequest paid = request(AMOUNT);
    return new WithdrawalRequest(
        new Payout(no, SHOP, Channel.WECHAT_PAY, AMOUNT, null, paid.payout().remark()),
        paid.merchantNo(),
        paid.buyerId(),
        paid.requestId(),
        paid.fingerprint());
  }

  /** Starts one that was paid again, as the books have it. */
  void startAgain() {
    WorkflowClient.start(stub()::run, paidRequest());
  }

  /** As {@link #startAgain}, with news for it. */
  void startAgainNotified(PayoutResult news) {
    WorkflowClient client = temporal.getWorkflowClient();
    BatchRequest both = client.newSignalWithStartRequest();
    WithdrawalWorkflow again = stub();
    both.add(again::run, paidRequest());
    both.add(again::payoutNotified, new PayoutNotified(7L, "n-" + ++notifies, AMOUNT, news));
    client.signalWithStart(both);
  }

  /** A withdrawal that is held, and has no workflow. */
  void heldInBooks() {
    books.hold(request(AMOUNT));
  }

  /** A withdrawal that was paid, and has no workflow. */
  void paidInBooks() {
    books.hold(request(AMOUNT));
    channel.pays();
    books.record(no, PayoutResult.succeeded("P-1", now(), null), PaySource.QUERY, null);
  }

  WithdrawalWorkflow workflow() {
    return temporal.getWorkflowClient().newWorkflowStub(WithdrawalWorkflow.class, no.workflowId());
  }

  /** Does not wait for the answer. */
  void beginTo(String update) {
    WorkflowUpdateHandle<WithdrawalView> unused =
        temporal
            .getWorkflowClient()
            .newUntypedWorkflowStub(no.workflowId())
            .startUpdate(
                UpdateOptions.newBuilder(WithdrawalView.class)
                    .setUpdateName(update)
                    .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
                    .build(),
                "a test");
  }

  /** An update as an operator sends it, with arguments of any form. */
  WithdrawalView say(String update, Object... arguments) {
    return temporal
        .getWorkflowClient()
        .newUntypedWorkflowStub(no.workflowId())
        .update(update, WithdrawalView.class, arguments);
  }

  void notify(PayoutResult payout) {
    workflow().payoutNotified(new PayoutNotified(7L, "n-" + ++notifies, AMOUNT, payout));
  }

  void pass(Duration time) {
    temporal.sleep(time);
  }

  WithdrawalStatus status() {
    return workflow().withdrawal().status();
  }

  WithdrawalStatus end() {
    return temporal
        .getWorkflowClient()
        .newUntypedWorkflowStub(no.workflowId())
        .getResult(WithdrawalStatus.class);
  }

  Instant now() {
    return Instant.ofEpochMilli(temporal.currentTimeMillis());
  }

  @Override
  public void close() {
    temporal.close();
  }
}
