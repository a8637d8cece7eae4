package dev.durablecheckout.worker;

import static java.util.Objects.requireNonNull;

import dev.durablecheckout.activities.channel.BillChannels;
import dev.durablecheckout.activities.channel.ChannelConnections;
import dev.durablecheckout.activities.db.Database;
import dev.durablecheckout.activities.health.DatabaseHealthCheck;
import dev.durablecheckout.activities.health.TemporalHealthCheck;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.activities.merchant.Merchants;
import dev.durablecheckout.activities.merchant.MerchantsReload;
import dev.durablecheckout.workflows.client.TemporalConnection;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationSourceProvider;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.Managed;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The worker process. {@code server file.yml} runs it; the other commands are one-off. */
public final class CheckoutWorkerApplication extends Application<CheckoutWorkerConfiguration> {
  private final Clock billClock;
  private @Nullable Callable<List<MerchantConfiguration>> merchantsFile;

  public CheckoutWorkerApplication() {
    this(Clock.systemUTC());
  }

  /**
   * @param billClock says which days are over, and have a bill: for those who do not wait for it
   */
  public CheckoutWorkerApplication(Clock billClock) {
    this.billClock = billClock;
  }

  public static void main(String[] arguments) throws Exception {
    new CheckoutWorkerApplication().run(arguments);
  }

  @Override
  public String getName() {
    return "checkout-worker";
  }

  @Override
  public void initialize(Bootstrap<CheckoutWorkerConfiguration> bootstrap) {
    SubstitutingSourceProvider provider =
        new SubstitutingSourceProvider(
            bootstrap.getConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(true));
    bootstrap.setConfigurationSourceProvider(
        path -> {
          merchantsFile = () -> read(bootstrap, provider, path).merchants();
          return provider.open(path);
        });
    bootstrap.addCommand(new MigrateCommand());
    bootstrap.addCommand(new AuditCommand());
    bootstrap.addCommand(new StockCommand());
    bootstrap.addCommand(new VoucherCommand());
    bootstrap.addCommand(new WalletCommand());
    bootstrap.addCommand(new LedgerCommand());
    bootstrap.addCommand(new RecoverCommand());
    bootstrap.addCommand(new ReconcileCommand());
  }

  @Override
  public void run(CheckoutWorkerConfiguration configuration, Environment environment) {
    Database database = Database.open(configuration.database());
    TemporalConnection temporal = TemporalConnection.open(configuration.temporal());
    Merchants merchants = new Merchants(configuration.merchants());
    environment.healthChecks().register("database", new DatabaseHealthCheck(database.jdbi()));
    environment.healthChecks().register("temporal", new TemporalHealthCheck(temporal.stubs()));
    environment.lifecycle().manage(closing(database));
    environment.lifecycle().manage(closing(temporal));
    reloadMerchants(merchants, environment);
    Supplier<BillChannels> bills =
        merchants.derive(
            configured ->
                BillChannels.of(configured, new ChannelConnections(billClock, database.jdbi())));
    SchedulesWatch schedules =
        new SchedulesWatch(
            new Schedules(temporal.client(), configuration.sweep()),
            bills,
            environment.lifecycle().scheduledExecutorService("schedules-%d", true).build());
    environment
        .lifecycle()
        .manage(
            new Managed() {
              private @Nullable Workers workers;

              @Override
              public void start() {
                SearchAttributeSetup.ensure(temporal.stubs(), configuration.temporal().namespace());
                schedules.start();
                workers =
                    Workers.start(
                        temporal.client(),
                        database.jdbi(),
                        merchants,
                        bills,
                        configuration.channelRates(),
                        Clock.systemUTC());
              }

              @Override
              public void stop() {
                if (workers != null) {
                  workers.close();
                }
              }
            });
  }

  private static CheckoutWorkerConfiguration read(
      Bootstrap<CheckoutWorkerConfiguration> bootstrap,
      ConfigurationSourceProvider provider,
      String path)
      throws IOException, ConfigurationException {
    return bootstrap
        .getConfigurationFactoryFactory()
        .create(
            CheckoutWorkerConfiguration.class,
            bootstrap.getValidatorFactory().getValidator(),
            bootstrap.getObjectMapper(),
            "dw")
        .build(provider, path);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // It lets nothing out that would end it.
  private void reloadMerchants(Merchants merchants, Environment environment) {
    long interval = MerchantsReload.INTERVAL.toMillis();
    environment
        .lifecycle()
        .scheduledExecutorService("merchants-%d", true)
        .build()
        .scheduleWithFixedDelay(
            new MerchantsReload(requireNonNull(merchantsFile), merchants),
            interval,
            interval,
            TimeUnit.MILLISECONDS);
  }

  private static Managed closing(AutoCloseable resource) {
    return new Managed() {
      @Override
      public void stop() throws Exception {
        resource.close();
      }
    };
  }
}
