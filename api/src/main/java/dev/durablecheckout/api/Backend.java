package dev.durablecheckout.api;

import dev.durablecheckout.activities.db.Database;
import dev.durablecheckout.activities.health.DatabaseHealthCheck;
import dev.durablecheckout.activities.health.TemporalHealthCheck;
import dev.durablecheckout.workflows.client.TemporalConnection;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.temporal.client.WorkflowClient;
import org.jdbi.v3.core.Jdbi;

/** What the API stands on: Temporal and the books. */
public record Backend(WorkflowClient temporal, Jdbi books) {
  /** Connects an API to what it stands on. */
  @FunctionalInterface
  public interface Connector {
    Backend connect(CheckoutApiConfiguration configuration, Environment environment);
  }

  /** The one place where connections are opened; they end with the process. */
  static Backend connect(CheckoutApiConfiguration configuration, Environment environment) {
    Database database = Database.open(configuration.database());
    environment.lifecycle().manage(new AutoCloseableManager(database));
    TemporalConnection temporal = TemporalConnection.open(configuration.temporal());
    environment.lifecycle().manage(new AutoCloseableManager(temporal));
    environment.healthChecks().register("database", new DatabaseHealthCheck(database.jdbi()));
    environment.healthChecks().register("temporal", new TemporalHealthCheck(temporal.stubs()));
    return new Backend(temporal.client(), database.jdbi());
  }
}
