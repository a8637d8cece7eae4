package dev.durablecheckout.api;

import dev.durablecheckout.activities.checkout.CheckoutReader;
import dev.durablecheckout.activities.db.Database;
import dev.durablecheckout.activities.notify.NotifyLogDao;
import dev.durablecheckout.api.checkout.CheckoutLookup;
import dev.durablecheckout.api.notify.NotifyLog;
import dev.durablecheckout.workflows.client.TemporalConnection;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.temporal.client.WorkflowClient;
import org.jdbi.v3.core.Jdbi;

/** What the API stands on: Temporal and the books. */
public record Backend(WorkflowClient temporal, CheckoutLookup books, NotifyLog notifyLog) {
  /** Connects an API to what it stands on. */
  @FunctionalInterface
  public interface Connector {
    Backend connect(CheckoutApiConfiguration configuration, Environment environment);
  }

  /** Connections that someone else owns: one JVM with everything, tests. */
  public static Backend on(WorkflowClient temporal, Jdbi jdbi) {
    return new Backend(
        temporal,
        CheckoutLookup.in(new CheckoutReader(jdbi)),
        NotifyLog.in(new NotifyLogDao(jdbi, java.time.Clock.systemUTC())));
  }

  /** The one place where connections are opened; they end with the process. */
  static Backend connect(CheckoutApiConfiguration configuration, Environment environment) {
    Database database = Database.open(configuration.database());
    environment.lifecycle().manage(new AutoCloseableManager(database));
    TemporalConnection temporal = TemporalConnection.open(configuration.temporal());
    environment.lifecycle().manage(new AutoCloseableManager(temporal));
    return on(temporal.client(), database.jdbi());
  }
}
