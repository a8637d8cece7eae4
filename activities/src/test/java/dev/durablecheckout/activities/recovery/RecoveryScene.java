package dev.durablecheckout.activities.recovery;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.durablecheckout.activities.audit.Audit;
import dev.durablecheckout.activities.audit.AuditFinding;
import dev.durablecheckout.activities.channel.wallet.WalletConfiguration;
import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.activities.checkout.LingeringCheckouts;
import dev.durablecheckout.activities.checkout.LostLatePayments;
import dev.durablecheckout.activities.checkout.OpenCheckouts;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.event.EventLog;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.activities.refund.OpenRefunds;
import dev.durablecheckout.activities.refund.RefundBooksImpl;
import dev.durablecheckout.activities.refund.StrayPayments;
import dev.durablecheckout.activities.serviceorder.OpenServiceOrders;
import dev.durablecheckout.activities.serviceorder.ServiceOrderBooksImpl;
import dev.durablecheckout.activities.withdrawal.OpenWithdrawals;
import dev.durablecheckout.activities.withdrawal.WithdrawalBooksImpl;
import dev.durablecheckout.activities.withdrawal.WithdrawalLimitConfiguration;
import dev.durablecheckout.activities.withdrawal.WithdrawalLimits;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutPolicy;
import dev.durablecheckout.workflows.checkout.CheckoutRequest;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.checkout.CheckoutView;
import dev.durablecheckout.workflows.checkout.CheckoutWorkflowImpl;
import dev.durablecheckout.workflows.checkout.LatePaymentWorkflowImpl;
import dev.durablecheckout.workflows.client.CheckoutClient;
import dev.durablecheckout.workflows.client.WorkflowStarter;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.recovery.LostOrderSweepWorkflow;
import dev.durablecheckout.workflows.recovery.LostOrderSweepWorkflowImpl;
import dev.durablecheckout.workflows.recovery.SweepReport;
import dev.durablecheckout.workflows.recovery.SweepRequest;
import dev.durablecheckout.workflows.refund.RefundStatus;
import dev.durablecheckout.workflows.refund.RefundWorkflowImpl;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderWorkflowImpl;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import dev.durablecheckout.workflows.withdrawal.WithdrawalWorkflowImpl;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** The real workflows over the real books, where time can be skipped; the world is played. */
final class RecoveryScene implements AutoCloseable {
  static final Money AMOUNT = new Money(12_345);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  final TestDatabase database = TestDatabase.create();
  final TestWorkflowEnvironment temporal;
  final PlayedWorld world;
  final CheckoutBooksImpl books;
  final WithdrawalBooksImpl withdrawals;
  final PlayedPayouts payouts;
  final WorkflowStarter workflows;
  final CheckoutClient client;
  private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
  private final Recovery recovery;
  final Clock clock;

  RecoveryScene() {
    TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder();
    SearchAttributeKeys.ALL.forEach(
        key -> options.registerSearchAttribute(key.getName(), key.getValueType()));
    temporal = TestWorkflowEnvironment.newInstance(options.build());
    InstantSource skipped = () -> Instant.ofEpochMilli(temporal.currentTimeMillis());
    clock = skipped.withZone(ZoneOffset.UTC);
    EventLog eventLog = new EventLog(database.jdbi(), clock);
    world = new PlayedWorld(clock::instant, eventLog::markDelivered);
    books = new CheckoutBooksImpl(database.jdbi(), clock);
    withdrawals =
        new WithdrawalBooksImpl(
            database.jdbi(), clock, () -> new WithdrawalLimits(List.of(withdrawingShop())));
    payouts = new PlayedPayouts(clock::instant);
    workflows = new WorkflowStarter(temporal.getWorkflowClient(), deadlines);
    client = new CheckoutClient(temporal.getWorkflowClient(), deadlines);
    recovery = recovery(false);
    Worker checkouts = temporal.newWorker(TaskQueues.CHECKOUT);
    checkouts.registerWorkflowImplementationTypes(
        CheckoutWorkflowImpl.class,
        LatePaymentWorkflowImpl.class,
        RefundWorkflowImpl.class,
        ServiceOrderWorkflowImpl.class,
        WithdrawalWorkflowImpl.class,
        LostOrderSweepWorkflowImpl.class);
    checkouts.registerActivitiesImplementations(
        books,
        withdrawals,
        new RefundBooksImpl(database.jdbi(), clock),
        new ServiceOrderBooksImpl(database.jdbi(), clock));
    temporal
        .newWorker(TaskQueues.of(Channel.ALIPAY))
        .registerActivitiesImplementations(world, payouts);
    temporal.newWorker(TaskQueues.EVENTS).registerActivitiesImplementations(world);
    temporal
        .newWorker(TaskQueues.RECOVERY)
        .registerActivitiesImplementations(
            new LostOrderActivitiesImpl(
                kinds(),
                List.of(new LingeringCheckouts(database.jdbi())),
                workflows,
                recovery,
                clock));
    temporal.start();
  }

  private static MerchantConfiguration withdrawingShop() {
    return new MerchantConfiguration(
        MerchantId.of("shop"),
        "Shop",
        null,
        null,
        null,
        new WalletConfiguration(
            List.of(new WithdrawalLimitConfiguration(Channel.ALIPAY, null, null, null))),
        null,
        null);
  }

  Recovery recovery(boolean dryRun) {
    return new Recovery(workflows, 1_000, dryRun);
  }

  List<OpenWork> kinds() {
    return List.of(
        new OpenCheckouts(database.jdbi()),
        new OpenRefunds(database.jdbi()),
        new StrayPayments(database.jdbi()),
        new LostLatePayments(database.jdbi()),
        new OpenServiceOrders(database.jdbi()),
        new OpenWithdrawals(database.jdbi(), clock));
  }

  static CheckoutId newId() {
    return CheckoutId.parse("shop.R" + NUMBER.incrementAndGet());
  }

  CheckoutRequest request(CheckoutId id) {
    return new CheckoutRequest(
        id,
        "request-1",
        "fingerprint-1",
        "key-of-" + id,
        "A book",
        AMOUNT,
        "buyer-1",
        List.of(),
        new PayChoice(Channel.ALIPAY, PayMethod.QR),
        now().plus(Duration.ofMinutes(30)),
        "https://shop.example/back",
        Map.of("cart", "7"),
        new CheckoutPolicy(Duration.ofSeconds(50), Duration.ofSeconds(20), Duration.ofSeconds(40)));
  }

  /** Opens a checkout of 30 minutes, to be paid by QR code. */
  CheckoutId open() {
    CheckoutId id = newId();
    CheckoutView unused = client.open(request(id), PATIENCE);
    return id;
  }

  void cancel(CheckoutId id) {
    CheckoutView unused = client.cancel(id, null, PATIENCE);
  }

  WorkflowStub workflow(String workflowId) {
    return temporal.getWorkflowClient().newUntypedWorkflowStub(workflowId);
  }

  /** As an operator does it by mistake, or a lost namespace without asking. */
  void lose(String workflowId) {
    workflow(workflowId).terminate("lost");
  }

  void awaitEnd(String workflowId) {
    Object unused = workflow(workflowId).getResult(Object.class);
  }

  /**
   * The same where another workflow waits for a person: time goes on by seconds, and no further.
   */
  void awaitEndBySeconds(String workflowId) {
    while (workflow(workflowId).describe().getStatus()
        == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
      temporal.sleep(Duration.ofSeconds(1));
    }
  }

  /** Until the books have the one refund as this; lets no time be skipped. */
  void awaitRefund(RefundStatus expected) {
    while (!database
        .jdbi()
        .withHandle(
            handle -> handle.select("select status from refunds").mapTo(String.class).list())
        .equals(List.of(expected.name()))) {
      Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(20));
    }
  }

  /** The run that a workflow id stands for now. */
  String run(String workflowId) {
    WorkflowExecution execution = workflow(workflowId).describe().getExecution();
    return execution.getRunId();
  }

  SweepReport sweep() {
    return sweep(Duration.ofSeconds(-1));
  }

  /**
   * By a client that lets no time be skipped while it waits: a workflow that waits for a person
   * would be put to the end of its life, as nothing else is due.
   */
  SweepReport sweep(Duration olderThan) {
    return WorkflowClient.newInstance(
            temporal.getWorkflowServiceStubs(), temporal.getWorkflowClient().getOptions())
        .newWorkflowStub(
            LostOrderSweepWorkflow.class,
            WorkflowOptions.newBuilder().setTaskQueue(TaskQueues.CHECKOUT).build())
        .run(new SweepRequest(olderThan));
  }

  /** All pages of all kinds, as the command does it. */
  SweepReport recover(Recovery with, int limit) {
    SweepReport report = SweepReport.NOTHING;
    for (OpenWork kind : kinds()) {
      Optional<String> after = Optional.of("");
      while (after.isPresent()) {
        Recovery.Page page = with.page(kind, now().plusSeconds(1), after.get(), limit, () -> {});
        report = report.plus(page.report());
        after = page.last();
      }
    }
    return report;
  }

  CheckoutStatus status(CheckoutId id) {
    return CheckoutStatus.valueOf(
        one("select status from checkouts where checkout_id = ?", id.value()));
  }

  String one(String sql, Object... parameters) {
    return database
        .jdbi()
        .withHandle(handle -> handle.select(sql, parameters).mapTo(String.class).one());
  }

  List<AuditFinding> audit() {
    return new Audit(database.jdbi(), clock, Duration.ofSeconds(-1)).run();
  }

  OutTradeNo no(CheckoutId id) {
    return OutTradeNo.of(id, 1);
  }

  Instant now() {
    return clock.instant();
  }

  @Override
  public void close() {
    recovery.close();
    temporal.close();
    List<Runnable> unused = deadlines.shutdownNow();
    database.close();
  }
}
