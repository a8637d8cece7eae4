package dev.durablecheckout.worker;

import dev.durablecheckout.activities.db.Database;
import dev.durablecheckout.activities.stock.StockDao;
import dev.durablecheckout.workflows.merchant.MerchantId;
import io.dropwizard.core.setup.Bootstrap;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code stock file.yml --merchant M --sku S --available N}: says how many of an article can be
 * sold.
 */
final class StockCommand extends WorkerCommand {
  StockCommand() {
    super("stock", "Says how many of an article can be sold from now on");
  }

  @Override
  public void configure(Subparser subparser) {
    super.configure(subparser);
    subparser.addArgument("--merchant").required(true);
    subparser.addArgument("--sku").required(true);
    subparser.addArgument("--available").type(Long.class).required(true);
  }

  @Override
  protected void run(
      Bootstrap<CheckoutWorkerConfiguration> bootstrap,
      Namespace namespace,
      CheckoutWorkerConfiguration configuration) {
    String sku = namespace.getString("sku");
    long available = namespace.getLong("available");
    try (Database database = Database.open(configuration.database())) {
      database
          .jdbi()
          .useTransaction(
              handle ->
                  StockDao.set(
                      handle, MerchantId.of(namespace.getString("merchant")), sku, available));
    }
    System.out.println(available + " of " + sku + " can be sold from now on.");
  }
}
