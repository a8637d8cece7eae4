package dev.durablecheckout.worker;

import dev.durablecheckout.activities.audit.Audit;
import dev.durablecheckout.activities.audit.AuditFinding;
import dev.durablecheckout.activities.db.Database;
import io.dropwizard.core.setup.Bootstrap;
import java.time.Clock;
import java.util.List;
import net.sourceforge.argparse4j.inf.Namespace;

/** {@code audit file.yml}: checks the laws over the books; fails if something breaks one. */
final class AuditCommand extends WorkerCommand {
  AuditCommand() {
    super("audit", "Checks the laws over the books, prints what breaks them");
  }

  @Override
  protected void run(
      Bootstrap<CheckoutWorkerConfiguration> bootstrap,
      Namespace namespace,
      CheckoutWorkerConfiguration configuration) {
    try (Database database = Database.open(configuration.database())) {
      List<AuditFinding> findings =
          new Audit(database.jdbi(), Clock.systemUTC(), Audit.GRACE).run();
      findings.forEach(
          finding ->
              System.out.println(
                  "law " + finding.law() + ": " + finding.key() + " " + finding.description()));
      if (!findings.isEmpty()) {
        throw new IllegalStateException(findings.size() + " findings: the books break a law");
      }
      System.out.println("The books keep every law.");
    }
  }
}
