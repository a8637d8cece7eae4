package dev.durablecheckout.worker;

import dev.durablecheckout.activities.db.Database;
import dev.durablecheckout.activities.health.DatabaseHealthCheck;
import dev.durablecheckout.activities.health.TemporalHealthCheck;
import dev.durablecheckout.workflows.client.TemporalConnection;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.Managed;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The worker process. {@code server file.yml} runs it; the other commands are one-off. */
public final class CheckoutWorkerApplication extends Application<CheckoutWorkerConfiguration> {
  public static void main(String[] arguments) throws Exception {
    new CheckoutWorkerApplication().run(arguments);
  }

  @Override
  public String getName() {
    return "checkout-worker";
  }

  @Override
  public void initialize(Bootstrap<CheckoutWorkerConfiguration> bootstrap) {
    bootstrap.setConfigurationSourceProvider(
        new SubstitutingSourceProvider(
            bootstrap.getConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(true)));
    bootstrap.addCommand(new MigrateCommand());
    bootstrap.addCommand(new AuditCommand());
    bootstrap.addCommand(new StockCommand());
  }

  @Override
  public void run(CheckoutWorkerConfiguration configuration, Environment environment) {
    Database database = Database.open(configuration.database());
    TemporalConnection temporal = TemporalConnection.open(configuration.temporal());
    environment.healthChecks().register("database", new DatabaseHealthCheck(database.jdbi()));
    environment.healthChecks().register("temporal", new TemporalHealthCheck(temporal.stubs()));
    environment.lifecycle().manage(closing(database));
    environment.lifecycle().manage(closing(temporal));
    environment
        .lifecycle()
        .manage(
            new Managed() {
              private @Nullable Workers workers;

              @Override
              public void start() {
                SearchAttributeSetup.ensure(temporal.stubs(), configuration.temporal().namespace());
                workers =
                    Workers.start(
                        temporal.client(),
                        database.jdbi(),
                        configuration.merchants(),
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

  private static Managed closing(AutoCloseable resource) {
    return new Managed() {
      @Override
      public void stop() throws Exception {
        resource.close();
      }
    };
  }
}
