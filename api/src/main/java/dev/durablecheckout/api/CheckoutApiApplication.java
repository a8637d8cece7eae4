package dev.durablecheckout.api;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.channel.ChannelConnections;
import dev.durablecheckout.activities.channel.NotifyVerifiers;
import dev.durablecheckout.activities.channel.health.ChannelHealth;
import dev.durablecheckout.activities.checkout.CheckoutReader;
import dev.durablecheckout.activities.ledger.LedgerReader;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.activities.merchant.Merchants;
import dev.durablecheckout.activities.merchant.MerchantsReload;
import dev.durablecheckout.activities.notify.NotifyLogDao;
import dev.durablecheckout.activities.reconciliation.ReconciliationReader;
import dev.durablecheckout.activities.refund.RefundReader;
import dev.durablecheckout.activities.serviceorder.ServiceOrderReader;
import dev.durablecheckout.activities.wallet.WalletBooks;
import dev.durablecheckout.activities.withdrawal.OpenWithdrawals;
import dev.durablecheckout.activities.withdrawal.WithdrawalReader;
import dev.durablecheckout.api.auth.ApiKeyFilter;
import dev.durablecheckout.api.auth.ApiKeys;
import dev.durablecheckout.api.cashier.CashierAssets;
import dev.durablecheckout.api.cashier.CashierFeed;
import dev.durablecheckout.api.cashier.CashierLinks;
import dev.durablecheckout.api.cashier.CashierResource;
import dev.durablecheckout.api.cashier.ChosenPayments;
import dev.durablecheckout.api.cashier.UnloggedRequests;
import dev.durablecheckout.api.cashier.WechatPayerResource;
import dev.durablecheckout.api.checkout.CheckoutActionResource;
import dev.durablecheckout.api.checkout.CheckoutAnswers;
import dev.durablecheckout.api.checkout.CheckoutRequests;
import dev.durablecheckout.api.checkout.CheckoutResource;
import dev.durablecheckout.api.checkout.PayOffers;
import dev.durablecheckout.api.error.HttpErrorPage;
import dev.durablecheckout.api.error.ProblemMapper;
import dev.durablecheckout.api.json.JsonBodyReader;
import dev.durablecheckout.api.ledger.LedgerResource;
import dev.durablecheckout.api.notify.NotifyContentType;
import dev.durablecheckout.api.notify.NotifyDelivery;
import dev.durablecheckout.api.notify.NotifyReceiver;
import dev.durablecheckout.api.notify.NotifyRelay;
import dev.durablecheckout.api.notify.NotifyResource;
import dev.durablecheckout.api.openapi.OpenApiResource;
import dev.durablecheckout.api.reconciliation.ReconciliationResource;
import dev.durablecheckout.api.reconciliation.ReportLinks;
import dev.durablecheckout.api.reconciliation.ReportResource;
import dev.durablecheckout.api.refund.CheckoutRefundsResource;
import dev.durablecheckout.api.refund.RefundAnswers;
import dev.durablecheckout.api.refund.RefundRequests;
import dev.durablecheckout.api.refund.RefundResource;
import dev.durablecheckout.api.serviceorder.ServiceOrderAnswers;
import dev.durablecheckout.api.serviceorder.ServiceOrderResource;
import dev.durablecheckout.api.wallet.WalletResource;
import dev.durablecheckout.api.withdrawal.WalletWithdrawalResource;
import dev.durablecheckout.api.withdrawal.WithdrawalAnswers;
import dev.durablecheckout.api.withdrawal.WithdrawalResource;
import dev.durablecheckout.workflows.client.CheckoutClient;
import dev.durablecheckout.workflows.client.PayoutSignals;
import dev.durablecheckout.workflows.client.RefundClient;
import dev.durablecheckout.workflows.client.ServiceOrderClient;
import dev.durablecheckout.workflows.client.WithdrawalClient;
import dev.durablecheckout.workflows.merchant.MerchantId;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationSourceProvider;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.component.LifeCycle;
import org.glassfish.jersey.server.ServerProperties;
import org.jspecify.annotations.Nullable;

/** The HTTP API as a process, or as a part of one. */
public final class CheckoutApiApplication extends Application<CheckoutApiConfiguration> {
  /** Where an answer can do without the workflow, it does not wait longer than this. */
  private static final Duration GLANCE = Duration.ofSeconds(2);

  /** A channel wants its acknowledgement within 5 s; two calls may be needed. */
  private static final Duration NOTIFY_PATIENCE = Duration.ofSeconds(2);

  private final Backend.Connector connector;
  private final Clock clock;
  private final Supplier<UUID> ids;
  private @Nullable Callable<List<MerchantConfiguration>> merchantsFile;

  /** As a process of its own: connects as it is configured. */
  public CheckoutApiApplication() {
    this(Backend::connect, Clock.systemUTC(), UUID::randomUUID);
  }

  /**
   * @param ids tell requests apart: never the same twice
   */
  public CheckoutApiApplication(Backend.Connector connector, Clock clock, Supplier<UUID> ids) {
    this.connector = connector;
    this.clock = clock;
    this.ids = ids;
  }

  public static void main(String[] arguments) throws Exception {
    new CheckoutApiApplication().run(arguments);
  }

  @Override
  public String getName() {
    return "checkout-api";
  }

  @Override
  public void initialize(Bootstrap<CheckoutApiConfiguration> bootstrap) {
    SubstitutingSourceProvider provider =
        new SubstitutingSourceProvider(
            bootstrap.getConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(true));
    bootstrap.setConfigurationSourceProvider(
        path -> {
          merchantsFile = () -> read(bootstrap, provider, path).merchants();
          return provider.open(path);
        });
    bootstrap.getObjectMapper().disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
  }

  @Override
  public void run(CheckoutApiConfiguration configuration, Environment environment) {
    Backend backend = connector.connect(configuration, environment);
    CheckoutReader books = new CheckoutReader(backend.books());
    NotifyLogDao notifyLog = new NotifyLogDao(backend.books(), clock);
    ScheduledExecutorService deadlines = executor(environment, "temporal-deadlines-%d");
    CheckoutClient client = new CheckoutClient(backend.temporal(), deadlines);
    ServiceOrderClient serviceOrders = new ServiceOrderClient(backend.temporal(), deadlines);
    CashierLinks links =
        new CashierLinks(
            configuration.publicUrl(),
            configuration.cashier().secret(),
            configuration.cashier().linkLifetime());
    Merchants merchants = new Merchants(configuration.merchants());
    PayOffers offers = new PayOffers(merchants);
    reloadMerchants(merchants, environment);
    takeErrorsOver(configuration, environment);
    readHeadersExactly(environment);
    environment
        .servlets()
        .addFilter("notify-content-type", new NotifyContentType())
        .addMappingForUrlPatterns(null, false, "/v1/notify/*");
    environment.jersey().register(new SecurityHeaders());
    environment.jersey().register(new JsonBodyReader());
    environment.jersey().register(new ApiKeyFilter(merchants.derive(ApiKeys::of)));
    environment.jersey().register(new OpenApiResource());
    serveCheckouts(configuration, environment, offers, books, client, links);
    serveServiceOrders(
        configuration,
        environment,
        merchants,
        new ServiceOrderReader(backend.books()),
        serviceOrders);
    environment.jersey().register(new LedgerResource(new LedgerReader(backend.books()), clock));
    RefundClient refunds = new RefundClient(backend.temporal(), deadlines);
    serveRefunds(configuration, environment, books, new RefundReader(backend.books()), refunds);
    environment.jersey().register(new WalletResource(new WalletBooks(backend.books(), clock)));
    serveReconciliations(configuration, environment, new ReconciliationReader(backend.books()));
    serveWithdrawals(
        configuration,
        environment,
        merchants,
        new WithdrawalReader(backend.books()),
        new WithdrawalClient(backend.temporal(), deadlines));
    serveNotifies(
        configuration,
        environment,
        merchants.derive(
            configured ->
                NotifyVerifiers.of(configured, new ChannelConnections(clock, backend.books()))),
        notifyLog,
        new NotifyDelivery(
            client,
            serviceOrders,
            refunds,
            new PayoutSignals(backend.temporal(), deadlines),
            new OpenWithdrawals(backend.books(), clock),
            shorter(configuration.patience(), NOTIFY_PATIENCE)));
    serveCashier(
        configuration,
        environment,
        merchants,
        offers,
        books,
        new ChannelHealth(backend.books(), clock),
        client,
        links);
  }

  private static CheckoutApiConfiguration read(
      Bootstrap<CheckoutApiConfiguration> bootstrap,
      ConfigurationSourceProvider provider,
      String path)
      throws IOException, ConfigurationException {
    return bootstrap
        .getConfigurationFactoryFactory()
        .create(
            CheckoutApiConfiguration.class,
            bootstrap.getValidatorFactory().getValidator(),
            bootstrap.getObjectMapper(),
            "dw")
        .build(provider, path);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // It lets nothing out that would end it.
  private void reloadMerchants(Merchants merchants, Environment environment) {
    long interval = MerchantsReload.INTERVAL.toMillis();
    executor(environment, "merchants-%d")
        .scheduleWithFixedDelay(
            new MerchantsReload(requireNonNull(merchantsFile), merchants),
            interval,
            interval,
            TimeUnit.MILLISECONDS);
  }

  private void takeErrorsOver(CheckoutApiConfiguration configuration, Environment environment) {
    if (configuration.getServerFactory() instanceof AbstractServerFactory server) {
      server.setRegisterDefaultExceptionMappers(false);
      UnloggedRequests.in(server.getRequestLogFactory());
    }
    environment.jersey().property(ServerProperties.WADL_FEATURE_DISABLE, true);
    environment.jersey().register(new ProblemMapper(ids));
    HttpErrorPage page = new HttpErrorPage(environment.getObjectMapper());
    environment.getApplicationContext().setErrorHandler(page);
    // What is refused before there is a context: a bad request line, headers too long.
    environment.lifecycle().addServerLifecycleListener(server -> server.setErrorHandler(page));
  }

  /**
   * Jetty takes a header for the one that came before it on the same connection if they differ in
   * case alone: behind a proxy, one caller's API key would be read for another's misspelled one.
   */
  private static void readHeadersExactly(Environment environment) {
    environment
        .lifecycle()
        .addServerLifecycleListener(
            server ->
                server
                    .getContainedBeans(HttpConfiguration.ConnectionFactory.class)
                    .forEach(
                        http -> http.getHttpConfiguration().setHeaderCacheCaseSensitive(true)));
  }

  private void serveCheckouts(
      CheckoutApiConfiguration configuration,
      Environment environment,
      PayOffers offers,
      CheckoutReader books,
      CheckoutClient client,
      CashierLinks links) {
    CheckoutAnswers answers =
        new CheckoutAnswers(books, client, links, shorter(configuration.patience(), GLANCE));
    CheckoutRequests requests =
        new CheckoutRequests(
            offers, configuration.limits(), configuration.policy().policy(), clock, ids);
    environment
        .jersey()
        .register(
            new CheckoutResource(
                requests,
                configuration.limits(),
                client,
                answers,
                books,
                configuration.patience()));
    environment
        .jersey()
        .register(new CheckoutActionResource(client, answers, offers, configuration.patience()));
  }

  private void serveRefunds(
      CheckoutApiConfiguration configuration,
      Environment environment,
      CheckoutReader checkouts,
      RefundReader refunds,
      RefundClient client) {
    environment
        .jersey()
        .register(
            new RefundResource(
                new RefundRequests(checkouts, refunds, ids),
                configuration.limits(),
                client,
                new RefundAnswers(
                    refunds,
                    client,
                    configuration.publicUrl(),
                    shorter(configuration.patience(), GLANCE)),
                refunds,
                configuration.patience()));
    environment.jersey().register(new CheckoutRefundsResource(refunds, checkouts));
  }

  private void serveServiceOrders(
      CheckoutApiConfiguration configuration,
      Environment environment,
      Merchants merchants,
      ServiceOrderReader books,
      ServiceOrderClient client) {
    environment
        .jersey()
        .register(
            new ServiceOrderResource(
                merchants,
                client,
                new ServiceOrderAnswers(
                    books,
                    client,
                    configuration.publicUrl(),
                    shorter(configuration.patience(), GLANCE)),
                books,
                ids,
                configuration.patience()));
  }

  private void serveReconciliations(
      CheckoutApiConfiguration configuration,
      Environment environment,
      ReconciliationReader reader) {
    ReportLinks links =
        new ReportLinks(configuration.publicUrl(), configuration.cashier().secret(), clock);
    environment.jersey().register(new ReconciliationResource(reader, links, clock));
    environment.jersey().register(new ReportResource(links, reader, clock));
  }

  private void serveWithdrawals(
      CheckoutApiConfiguration configuration,
      Environment environment,
      Merchants merchants,
      WithdrawalReader books,
      WithdrawalClient client) {
    WithdrawalAnswers answers =
        new WithdrawalAnswers(
            books, client, configuration.publicUrl(), shorter(configuration.patience(), GLANCE));
    environment
        .jersey()
        .register(
            new WalletWithdrawalResource(
                merchants, client, answers, ids, configuration.patience()));
    environment
        .jersey()
        .register(new WithdrawalResource(client, answers, configuration.patience()));
  }

  private static void serveNotifies(
      CheckoutApiConfiguration configuration,
      Environment environment,
      Supplier<NotifyVerifiers> verifiers,
      NotifyLogDao notifyLog,
      NotifyDelivery delivery) {
    environment
        .jersey()
        .register(new NotifyResource(verifiers, new NotifyReceiver(notifyLog, delivery)));
    environment
        .lifecycle()
        .manage(
            new NotifyRelay(
                notifyLog,
                delivery,
                configuration.notifyRelay(),
                executor(environment, "notify-relay-%d")));
  }

  private void serveCashier(
      CheckoutApiConfiguration configuration,
      Environment environment,
      Merchants merchants,
      PayOffers offers,
      CheckoutReader books,
      ChannelHealth health,
      CheckoutClient client,
      CashierLinks links) {
    CashierFeed feed =
        new CashierFeed(
            books, configuration.cashier(), clock, executor(environment, "cashier-feed-%d"));
    environment.lifecycle().manage(feed);
    // A stop waits for open requests before it stops what is managed: streams would hold it up.
    environment
        .lifecycle()
        .addEventListener(
            new LifeCycle.Listener() {
              @Override
              public void lifeCycleStopping(LifeCycle server) {
                feed.end();
              }
            });
    ChosenPayments payments = new ChosenPayments(client, configuration.patience(), clock);
    environment
        .jersey()
        .register(
            WechatPayerResource.of(
                configuration.cashier(), merchants, links, payments, clock, ids));
    CashierAssets assets = new CashierAssets();
    environment.jersey().register(assets);
    environment
        .jersey()
        .register(
            CashierResource.of(
                configuration.cashier(),
                merchants.derive(CheckoutApiApplication::names),
                offers,
                health,
                assets,
                links,
                feed,
                payments,
                books,
                client,
                configuration.patience(),
                clock));
  }

  private static ImmutableMap<MerchantId, String> names(List<MerchantConfiguration> merchants) {
    return merchants.stream()
        .collect(toImmutableMap(MerchantConfiguration::id, MerchantConfiguration::name));
  }

  private static ScheduledExecutorService executor(Environment environment, String name) {
    return environment.lifecycle().scheduledExecutorService(name, true).build();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
