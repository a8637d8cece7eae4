package dev.durablecheckout.worker;

import dev.durablecheckout.activities.db.Database;
import dev.durablecheckout.activities.payment.MissingPostings;
import io.dropwizard.core.setup.Bootstrap;
import java.time.Clock;
import net.sourceforge.argparse4j.inf.Namespace;

/** {@code ledger file.yml}: posts what is in the books and not in the ledger. */
final class LedgerCommand extends WorkerCommand {
  LedgerCommand() {
    super("ledger", "Posts what channels have moved and is not in the ledger; says how many");
  }

  @Override
  protected void run(
      Bootstrap<CheckoutWorkerConfiguration> bootstrap,
      Namespace namespace,
      CheckoutWorkerConfiguration configuration) {
    try (Database database = Database.open(configuration.database())) {
      int posted = new MissingPostings(database.jdbi(), Clock.systemUTC()).post();
      System.out.println(
          posted == 0 ? "Nothing was missing in the ledger." : posted + " were missing: posted.");
    }
  }
}
