package dev.durablecheckout.api.scene;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableTable;
import dev.durablecheckout.activities.channel.ChannelActivitiesImpl;
import dev.durablecheckout.activities.channel.PayChannel;
import dev.durablecheckout.activities.channel.PayChannels;
import dev.durablecheckout.activities.channel.health.ChannelBreakers;
import dev.durablecheckout.activities.channel.health.ChannelHealth;
import dev.durablecheckout.activities.channel.wallet.WalletChannel;
import dev.durablecheckout.activities.channel.wallet.WalletConfiguration;
import dev.durablecheckout.activities.checkout.ChannelQueryLog;
import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.activities.db.Database;
import dev.durablecheckout.activities.db.DatabaseConfiguration;
import dev.durablecheckout.activities.db.SchemaMigration;
import dev.durablecheckout.activities.limit.PayLimits;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.activities.refund.RefundBooksImpl;
import dev.durablecheckout.activities.serviceorder.ServiceOrderBooksImpl;
import dev.durablecheckout.activities.wallet.WalletBooks;
import dev.durablecheckout.activities.withdrawal.WithdrawalBooksImpl;
import dev.durablecheckout.activities.withdrawal.WithdrawalLimitConfiguration;
import dev.durablecheckout.activities.withdrawal.WithdrawalLimits;
import dev.durablecheckout.api.Backend;
import dev.durablecheckout.api.CheckoutApiApplication;
import dev.durablecheckout.api.CheckoutApiConfiguration;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutResult;
import dev.durablecheckout.workflows.checkout.CheckoutWorkflowImpl;
import dev.durablecheckout.workflows.checkout.LatePaymentResult;
import dev.durablecheckout.workflows.checkout.LatePaymentWorkflow;
import dev.durablecheckout.workflows.checkout.LatePaymentWorkflowImpl;
import dev.durablecheckout.workflows.event.EventActivities;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.ChannelActivities;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.refund.RefundWorkflowImpl;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderStatus;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderWorkflowImpl;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import dev.durablecheckout.workflows.withdrawal.WithdrawalWorkflowImpl;
import io.dropwizard.core.Application;
import io.dropwizard.testing.DropwizardTestSupport;
import io.temporal.api.workflowservice.v1.ListClosedWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListOpenWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/**
 * The whole API over HTTP, on real books and real workflows; only the channel and the order system
 * are played. One for all tests: each test has its own order numbers.
 */
public final class Scene {
  private static Scene running;

  private final AlipaySigner alipay = new AlipaySigner();
  private final WechatPaySigner wechatPay = new WechatPaySigner();
  private final ScriptedChannel channel = new ScriptedChannel();
  private final ScriptedPayScore payScore = new ScriptedPayScore();
  private final Switch availability = new Switch();
  private final MovableClock clock = new MovableClock();
  private final Database database;
  private final Database empty;
  private final TestWorkflowEnvironment temporal;
  private final DatabaseConfiguration books;
  private final DropwizardTestSupport<CheckoutApiConfiguration> api;

  private Scene() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
    books = migrated(postgres, "postgres");
    database = Database.open(books);
    database.jdbi().useHandle(handle -> handle.execute("create database empty"));
    empty = Database.open(migrated(postgres, "empty"));
    temporal = temporal(database.jdbi());
    api = anotherApi();
    api.before();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres)));
    Await.until(() -> post(Bodies.checkout("warm-up")).status() == 200);
  }

  private Http.Answer post(ObjectNode body) {
    return http().post("/v1/checkouts", body.toString());
  }

  private static DatabaseConfiguration migrated(EmbeddedPostgres postgres, String name) {
    DatabaseConfiguration configuration =
        new DatabaseConfiguration(
            "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + name, "postgres", null, 5);
    SchemaMigration.migrate(configuration);
    return configuration;
  }

  /** The one scene; started by the first test that asks. */
  public static synchronized Scene get() throws Exception {
    if (running == null) {
      running = new Scene();
    }
    return running;
  }

  private void stop(EmbeddedPostgres postgres) {
    api.after();
    temporal.close();
    database.close();
    empty.close();
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TestWorkflowEnvironment temporal(Jdbi jdbi) {
    TestEnvironmentOptions.Builder options =
        TestEnvironmentOptions.newBuilder().setUseTimeskipping(false);
    SearchAttributeKeys.ALL.forEach(
        key -> options.registerSearchAttribute(key.getName(), key.getValueType()));
    TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(options.build());
    Worker checkouts = environment.newWorker(TaskQueues.CHECKOUT);
    checkouts.registerWorkflowImplementationTypes(
        CheckoutWorkflowImpl.class,
        LatePaymentWorkflowImpl.class,
        RefundWorkflowImpl.class,
        ServiceOrderWorkflowImpl.class,
        WithdrawalWorkflowImpl.class);
    checkouts.registerActivitiesImplementations(
        new CheckoutBooksImpl(jdbi, Clock.systemUTC()),
        new RefundBooksImpl(jdbi, Clock.systemUTC()),
        new ServiceOrderBooksImpl(jdbi, Clock.systemUTC()),
        new WithdrawalBooksImpl(jdbi, Clock.systemUTC(), Scene::withdrawals));
    ScriptedPayouts payouts = new ScriptedPayouts();
    for (Channel each : Channel.values()) {
      Worker worker = environment.newWorker(TaskQueues.of(each));
      worker.registerActivitiesImplementations(
          each == Channel.WALLET ? wallets(jdbi) : channel, payouts);
      if (each == Channel.WECHAT_PAY) {
        worker.registerActivitiesImplementations(payScore);
      }
    }
    EventActivities orderSystem = event -> {};
    environment.newWorker(TaskQueues.EVENTS).registerActivitiesImplementations(orderSystem);
    environment.start();
    return environment;
  }

  /** At most 100 yuan at once. */
  private static WithdrawalLimits withdrawals() {
    return new WithdrawalLimits(
        List.of(
            new MerchantConfiguration(
                MerchantId.of("tea-house"),
                "Tea house",
                null,
                null,
                null,
                new WalletConfiguration(
                    List.of(
                        new WithdrawalLimitConfiguration(Channel.ALIPAY, null, 10_000L, null),
                        new WithdrawalLimitConfiguration(Channel.WECHAT_PAY, null, null, null))),
                null,
                null)));
  }

  /** There is nothing to play: a wallet is in the books. */
  private static ChannelActivities wallets(Jdbi jdbi) {
    PayChannel wallet = new WalletChannel(jdbi, Clock.systemUTC());
    PayChannels wallets =
        PayChannels.of(ImmutableTable.of(MerchantId.of("tea-house"), Channel.WALLET, wallet));
    return new ChannelActivitiesImpl(
        () -> wallets,
        () -> new PayLimits(jdbi, List.of()),
        new ChannelBreakers(new ChannelHealth(jdbi, Clock.systemUTC()), Clock.systemUTC()),
        new ChannelQueryLog(jdbi, Clock.systemUTC()));
  }

  /** One more process of the API, on the same ground; not started yet. */
  public DropwizardTestSupport<CheckoutApiConfiguration> anotherApi() throws IOException {
    return anotherApi(ApiSettings.write(books, alipay.publicKey(), wechatPay.account()));
  }

  /** One more process of the API, with a configuration file of its own; not started yet. */
  public DropwizardTestSupport<CheckoutApiConfiguration> anotherApi(Path yaml) {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setChannel(temporal.getWorkflowServiceStubs().getRawChannel())
                .addGrpcClientInterceptor(availability.calls())
                .build());
    Backend backend =
        new Backend(
            WorkflowClient.newInstance(stubs, temporal.getWorkflowClient().getOptions()),
            Jdbi.create(availability.connections(database.dataSource(), empty.dataSource())));
    return new DropwizardTestSupport<>(CheckoutApiApplication.class, yaml.toString()) {
      @Override
      public Application<CheckoutApiConfiguration> newApplication() {
        return new CheckoutApiApplication(
            (configuration, environment) -> backend, clock, UUID::randomUUID);
      }
    };
  }

  /** The tea house, with its key. */
  public Http http() {
    return with(ApiSettings.KEY);
  }

  /** The text of a configuration file, by which merchants can be paid as this signer signs. */
  public String settings(AlipaySigner signer, String apiKey, Path apiV3Key) throws IOException {
    return ApiSettings.text(books, signer.publicKey(), wechatPay.account(apiV3Key), apiKey);
  }

  /** Another API, with this key. */
  public static Http with(DropwizardTestSupport<CheckoutApiConfiguration> api, String apiKey) {
    return new Http(api.getLocalPort(), apiKey);
  }

  /** Another API, without a key. */
  public static Http strangerTo(DropwizardTestSupport<CheckoutApiConfiguration> api) {
    return new Http(api.getLocalPort(), null);
  }

  public Http with(String apiKey) {
    return new Http(api.getLocalPort(), apiKey);
  }

  /** Without a key. */
  public Http stranger() {
    return new Http(api.getLocalPort(), null);
  }

  public AlipaySigner alipay() {
    return alipay;
  }

  public WechatPaySigner wechatPay() {
    return wechatPay;
  }

  public ScriptedChannel channel() {
    return channel;
  }

  public ScriptedPayScore payScore() {
    return payScore;
  }

  public Switch availability() {
    return availability;
  }

  /** The API's clock, and the API's alone. */
  public MovableClock clock() {
    return clock;
  }

  public WorkflowClient workflows() {
    return temporal.getWorkflowClient();
  }

  public Jdbi books() {
    return database.jdbi();
  }

  /** What a merchant's buyers have. */
  public WalletBooks wallets() {
    return new WalletBooks(database.jdbi(), Clock.systemUTC());
  }

  /** Waits until the workflow of a checkout has ended. */
  public void awaitEnd(String checkoutId) throws TimeoutException {
    result(CheckoutId.parse(checkoutId).workflowId(), CheckoutResult.class);
  }

  /** Waits until the workflow of a service order has ended. */
  public void awaitServiceOrderEnd(String id) throws TimeoutException {
    result(ServiceOrderId.parse(id).workflowId(), ServiceOrderStatus.class);
  }

  /** What the look into a late payment came to, once it has. */
  public LatePaymentResult latePayment(String outTradeNo) throws TimeoutException {
    return result(
        LatePaymentWorkflow.workflowId(OutTradeNo.of(outTradeNo)), LatePaymentResult.class);
  }

  private <T> T result(String workflowId, Class<T> type) throws TimeoutException {
    return temporal
        .getWorkflowClient()
        .newUntypedWorkflowStub(workflowId)
        .getResult(30, TimeUnit.SECONDS, type);
  }

  /** Every workflow of a merchant's checkouts that runs or has run. */
  public List<String> workflowsOf(String merchant) {
    WorkflowServiceBlockingStub stub = temporal.getWorkflowServiceStubs().blockingStub();
    return Stream.concat(
            stub
                .listOpenWorkflowExecutions(
                    ListOpenWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(temporal.getNamespace())
                        .build())
                .getExecutionsList()
                .stream(),
            stub
                .listClosedWorkflowExecutions(
                    ListClosedWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(temporal.getNamespace())
                        .build())
                .getExecutionsList()
                .stream())
        .map(workflow -> workflow.getExecution().getWorkflowId())
        .filter(id -> id.startsWith("checkout:" + merchant + ":"))
        .toList();
  }

  /** How many rows each table of the books has of a merchant. */
  public Map<String, Integer> rowsOf(String merchant) {
    return books()
        .withHandle(
            handle -> {
              Map<String, Integer> rows = new TreeMap<>();
              handle
                  .createQuery(
                      """
                      select table_name as name, bool_or(column_name = 'merchant') as by_merchant
                      from information_schema.columns
                      where table_schema = 'public' and column_name in ('merchant', 'checkout_id')
                      group by table_name
                      """)
                  .mapToMap()
                  .forEach(
                      table ->
                          rows.put(
                              (String) table.get("name"),
                              handle
                                  .createQuery(
                                      "select count(*) from "
                                          + table.get("name")
                                          + ((Boolean) table.get("by_merchant")
                                              ? " where merchant = :merchant"
                                              : " where checkout_id like :merchant || '.%'"))
                                  .bind("merchant", merchant)
                                  .mapTo(Integer.class)
                                  .one()));
              return rows;
            });
  }
}
