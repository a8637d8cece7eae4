package dev.durablecheckout.worker;

import dev.durablecheckout.activities.db.SchemaMigration;
import io.dropwizard.core.setup.Bootstrap;
import net.sourceforge.argparse4j.inf.Namespace;

/** {@code migrate file.yml}: brings the schema of the books up to date. */
final class MigrateCommand extends WorkerCommand {
  MigrateCommand() {
    super("migrate", "Brings the schema of the books up to date");
  }

  @Override
  protected void run(
      Bootstrap<CheckoutWorkerConfiguration> bootstrap,
      Namespace namespace,
      CheckoutWorkerConfiguration configuration) {
    int applied = SchemaMigration.migrate(configuration.database());
    System.out.println(
        applied == 0 ? "The schema is up to date." : applied + " migrations were applied.");
  }
}
