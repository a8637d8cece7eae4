package dev.durablecheckout.sandbox.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.durablecheckout.activities.db.Database;
import dev.durablecheckout.activities.db.DatabaseConfiguration;
import dev.durablecheckout.activities.db.SchemaMigration;
import dev.durablecheckout.activities.wallet.WalletBooks;
import dev.durablecheckout.api.CheckoutApiApplication;
import dev.durablecheckout.api.CheckoutApiConfiguration;
import dev.durablecheckout.sandbox.gateway.alipay.AlipayGateway;
import dev.durablecheckout.sandbox.gateway.alipay.AlipayGatewayConfiguration;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatPayGateway;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatPayGatewayConfiguration;
import dev.durablecheckout.sandbox.http.SandboxServer;
import dev.durablecheckout.sandbox.ordersystem.OrderSystem;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import dev.durablecheckout.sandbox.shop.Shop;
import dev.durablecheckout.worker.CheckoutWorkerApplication;
import dev.durablecheckout.worker.CheckoutWorkerConfiguration;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Starts everything in order and stops it in reverse. The API and the worker are the production
 * applications, each from a YAML file written into the data directory; they can be started from
 * those files as processes of their own as well.
 */
public final class Stack implements AutoCloseable {
  private static final int API_PORT = 8080;
  private static final int GATEWAY_PORT = 8090;
  private static final int ORDER_SYSTEM_PORT = 8091;
  private static final int WECHAT_PAY_PORT = 8092;
  private static final int SHOP_PORT = 8093;
  private static final int TEMPORAL_PORT = 7233;
  private static final int TEMPORAL_UI_PORT = 8233;

  /** As long as a simulated bank takes. */
  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private static final ObjectMapper YAML =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final StackOptions options;
  private final Deque<Closeable> started = new ArrayDeque<>();
  private final SandboxMerchant merchant;
  private final DatabaseConfiguration databaseConfiguration;
  private final Database database;
  private final TemporalServer temporal;
  private final OrderSystem orderSystem;
  private final AlipayGateway alipay;
  private final WechatPayGateway wechatPay;
  private final Shop shop;
  private final int apiPort;
  private @Nullable InProcessApplication<CheckoutApiConfiguration> api;
  private @Nullable InProcessApplication<CheckoutWorkerConfiguration> worker;

  /** Starts all but the API and the worker. */
  public Stack(StackOptions options) throws IOException {
    this.options = options;
    try {
      Files.createDirectories(options.data());
      merchant = SandboxMerchant.in(options.data());
      databaseConfiguration = databaseConfiguration();
      SchemaMigration.migrate(databaseConfiguration);
      database = Database.open(databaseConfiguration);
      started.push(database::close);
      temporal = temporalServer();
      started.push(temporal::close);
      apiPort = Ports.freeOr(wished(API_PORT));
      orderSystem =
          OrderSystem.start(
              SandboxServer.loopback(Ports.freeOr(wished(ORDER_SYSTEM_PORT))),
              merchant.eventSecret(),
              Clock.systemUTC());
      started.push(orderSystem::close);
      alipay = AlipayGateway.start(alipayConfiguration());
      started.push(alipay::close);
      alipay.transfers().messagesTo(AlipayShop.APP_ID, notifyUrl("alipay"));
      wechatPay = WechatPayGateway.start(wechatPayConfiguration());
      started.push(wechatPay::close);
      shop =
          Shop.start(
              SandboxServer.loopback(Ports.freeOr(wished(SHOP_PORT))),
              new CheckoutApi(apiUrl(), merchant.apiKey()),
              new Shop.Phones(
                  alipay.uri("/"),
                  wechatPay.uri("/"),
                  WechatShop.OFFICIAL_ACCOUNT,
                  WechatShop.MINI_PROGRAM,
                  wechatPay.buyer().openid(WechatShop.MINI_PROGRAM)),
              Clock.systemUTC());
      started.push(shop::close);
      writeYaml("worker.yml", workerYaml());
      writeYaml("api.yml", apiYaml());
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private AlipayGatewayConfiguration alipayConfiguration() {
    return new AlipayGatewayConfiguration(
        SandboxServer.loopback(Ports.freeOr(wished(GATEWAY_PORT))),
        null,
        merchant.alipay().gatewayKeys(),
        List.of(merchant.alipay().registration()),
        Clock.systemUTC(),
        options.notifyScheduleFactor(),
        1,
        options.data().resolve("alipay-trades.json"),
        merchant.alipay().certificates());
  }

  private WechatPayGatewayConfiguration wechatPayConfiguration() {
    return new WechatPayGatewayConfiguration(
        SandboxServer.loopback(Ports.freeOr(wished(WECHAT_PAY_PORT))),
        null,
        WechatShop.PUBLIC_KEY_ID,
        merchant.wechatPay().gatewayKeys(),
        null,
        List.of(merchant.wechatPay().registration()),
        Clock.systemUTC(),
        A_MOMENT,
        A_MOMENT,
        // The same pace as the other channel's, whose first pause is 16 times as long.
        options.notifyScheduleFactor() * 16,
        1,
        options.data().resolve("wechat-payments.json"));
  }

  private int wished(int port) {
    return options.fixedPorts() ? port : 0;
  }

  private DatabaseConfiguration databaseConfiguration() throws IOException {
    if (options.database() != null) {
      return options.database();
    }
    EmbeddedDatabase embedded = EmbeddedDatabase.start(options.data());
    started.push(embedded::close);
    return embedded.configuration();
  }

  private TemporalServer temporalServer() throws IOException {
    if (options.temporal() != null) {
      return TemporalServer.yours(options.temporal());
    }
    Optional<Path> binary = options.inProcessTemporal() ? Optional.empty() : DevServer.binary();
    if (binary.isEmpty()) {
      return InProcessTemporal.start();
    }
    return DevServer.start(
        binary.get(),
        options.data().resolve("temporal.db"),
        options.data().resolve("temporal.log"),
        wished(TEMPORAL_PORT),
        wished(TEMPORAL_UI_PORT));
  }

  /** Starts the worker in this JVM. */
  public void startWorker() throws Exception {
    startWorker(Clock.systemUTC());
  }

  /**
   * Starts the worker in this JVM.
   *
   * @param bills says which days are over, and have a bill
   */
  public void startWorker(Clock bills) throws Exception {
    worker = InProcessApplication.start(new CheckoutWorkerApplication(bills), yaml("worker.yml"));
  }

  /** Starts the API in this JVM. */
  public void startApi() throws Exception {
    api = InProcessApplication.start(new CheckoutApiApplication(), yaml("api.yml"));
  }

  /** Stops the worker; the rest runs on. */
  public void stopWorker() {
    if (worker != null) {
      worker.close();
      worker = null;
    }
  }

  /** Stops the API; the rest runs on. */
  public void stopApi() {
    if (api != null) {
      api.close();
      api = null;
    }
  }

  /** The configuration file that a process would be started with. */
  public Path yaml(String name) {
    return options.data().resolve(name);
  }

  private void writeYaml(String name, Map<String, Object> content) throws IOException {
    // JSON is YAML; what is quoted here needs no other care.
    YAML.writeValue(yaml(name).toFile(), content);
  }

  private Map<String, Object> workerYaml() {
    Map<String, Object> yaml = connections();
    yaml.put(
        "merchants",
        List.of(
            merchant.forWorker(
                merchant.alipay().forWorker(alipay.gatewayUrl(), notifyUrl("alipay")),
                merchant
                    .wechatPay()
                    .forWorker(
                        wechatPay.gatewayUrl(), wechatPay.loginUrl(), notifyUrl("wechatpay")),
                orderSystem.eventsUrl())));
    yaml.put("server", server(0));
    return yaml;
  }

  private URI notifyUrl(String channel) {
    return apiUrl().resolve("/v1/notify/" + channel + "/" + SandboxMerchant.ID);
  }

  private Map<String, Object> apiYaml() {
    Map<String, Object> yaml = connections();
    yaml.put("merchants", List.of(merchant.forApi()));
    yaml.put("public_url", apiUrl().toString());
    yaml.put(
        "cashier",
        Map.of(
            "secret",
            merchant.cashierSecret(),
            "wechat_authorize_url",
            wechatPay.uri("/connect/oauth2/authorize").toString()));
    // A person watching wants to see a deadline pass; real channels ask for a minute at least.
    yaml.put("limits", Map.of("minimum_expires_in", "PT5S"));
    yaml.put(
        "policy",
        Map.of("expiry_margin", "PT2S", "late_grace", "PT2S", "minimum_pay_window", "PT2S"));
    yaml.put("server", server(apiPort));
    return yaml;
  }

  private Map<String, Object> connections() {
    Map<String, Object> database = new LinkedHashMap<>();
    database.put("url", databaseConfiguration.url());
    database.put("user", databaseConfiguration.user());
    if (databaseConfiguration.password() != null) {
      database.put("password", databaseConfiguration.password().reveal());
    }
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("temporal", Map.of("target", temporal.target(), "namespace", "default"));
    yaml.put("database", database);
    // The server in this process has no worker heartbeats: the SDK says so at each start.
    yaml.put(
        "logging",
        Map.of(
            "level",
            "WARN",
            "loggers",
            Map.of("io.temporal.internal.worker.HeartbeatManager", "ERROR")));
    return yaml;
  }

  private static Map<String, Object> server(int port) {
    return Map.of(
        "applicationConnectors",
        List.of(connector(port)),
        "adminConnectors",
        List.of(connector(0)),
        "requestLog",
        Map.of("appenders", List.of()));
  }

  private static Map<String, Object> connector(int port) {
    return Map.of("type", "http", "bindHost", "127.0.0.1", "port", port);
  }

  public URI apiUrl() {
    return URI.create("http://127.0.0.1:" + apiPort);
  }

  public SandboxMerchant merchant() {
    return merchant;
  }

  public Database database() {
    return database;
  }

  public DatabaseConfiguration databaseSettings() {
    return databaseConfiguration;
  }

  public TemporalServer temporal() {
    return temporal;
  }

  public AlipayGateway alipay() {
    return alipay;
  }

  public WechatPayGateway wechatPay() {
    return wechatPay;
  }

  public Shop shop() {
    return shop;
  }

  /** Pays into a buyer's wallet, as the shop's staff would. */
  public void topUp(String buyerId, long amountFen) {
    boolean unused =
        new WalletBooks(database.jdbi(), Clock.systemUTC())
            .topUp(
                MerchantId.of(SandboxMerchant.ID),
                buyerId,
                Money.ofFen(amountFen),
                UUID.randomUUID().toString());
  }

  public OrderSystem orderSystem() {
    return orderSystem;
  }

  @Override
  public void close() throws IOException {
    stopApi();
    stopWorker();
    while (!started.isEmpty()) {
      started.pop().close();
    }
  }
}
