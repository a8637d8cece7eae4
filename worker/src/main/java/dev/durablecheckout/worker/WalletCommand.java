package dev.durablecheckout.worker;

import static com.google.common.base.Preconditions.checkArgument;

import dev.durablecheckout.activities.db.Database;
import dev.durablecheckout.activities.wallet.WalletBooks;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import io.dropwizard.core.setup.Bootstrap;
import java.time.Clock;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code wallet file.yml --merchant M --buyer B [--top-up-fen N --reference R] [--show]}: fills a
 * buyer's wallet, once for each reference, and says what is in it.
 */
final class WalletCommand extends WorkerCommand {
  WalletCommand() {
    super("wallet", "Fills a buyer's wallet, once for each reference, and says what is in it");
  }

  @Override
  public void configure(Subparser subparser) {
    super.configure(subparser);
    subparser.addArgument("--merchant").required(true);
    subparser.addArgument("--buyer").required(true).help("the merchant's buyer_id");
    subparser.addArgument("--top-up-fen").type(Long.class).help("how much to put in");
    subparser
        .addArgument("--reference")
        .help("what the money came by, such as a bank's number: a repeat puts in nothing");
    subparser
        .addArgument("--show")
        .action(Arguments.storeTrue())
        .help("only says what is in it: so it does without --top-up-fen, too");
  }

  @Override
  protected void run(
      Bootstrap<CheckoutWorkerConfiguration> bootstrap,
      Namespace namespace,
      CheckoutWorkerConfiguration configuration) {
    MerchantId merchant = merchant(namespace, configuration);
    String buyer = namespace.getString("buyer");
    checkArgument(!buyer.isBlank(), "--buyer is blank");
    Long fen = namespace.getLong("top_up_fen");
    String reference = namespace.getString("reference");
    checkArgument(
        fen == null || !namespace.getBoolean("show"), "--show and --top-up-fen are two wishes");
    checkArgument((fen == null) == (reference == null), "--top-up-fen and --reference go together");
    try (Database database = Database.open(configuration.database())) {
      WalletBooks wallets = new WalletBooks(database.jdbi(), Clock.systemUTC());
      if (fen != null && reference != null) {
        topUp(wallets, merchant, buyer, fen, reference);
      }
      System.out.println(buyer + " has " + wallets.find(merchant, buyer).balance() + ".");
    }
  }

  private static void topUp(
      WalletBooks wallets, MerchantId merchant, String buyer, long fen, String reference) {
    checkArgument(fen > 0, "--top-up-fen must be 1 or more");
    checkArgument(!reference.isBlank(), "--reference is blank");
    boolean isNew = wallets.topUp(merchant, buyer, Money.ofFen(fen), reference);
    System.out.println(
        isNew
            ? fen + " fen were put in, by " + reference + "."
            : reference + " was put in before: nothing was done.");
  }
}
