package dev.durablecheckout.worker;

import static com.google.common.base.Preconditions.checkArgument;

import dev.durablecheckout.activities.db.Database;
import dev.durablecheckout.activities.voucher.VoucherDao;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.VoucherNo;
import io.dropwizard.core.setup.Bootstrap;
import java.time.Instant;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/**
 * {@code voucher file.yml --merchant M --voucher V --worth-fen N [--buyer B] [--expires-at T]}:
 * gives a voucher out, or changes one that is.
 */
final class VoucherCommand extends WorkerCommand {
  VoucherCommand() {
    super("voucher", "Gives a voucher out, or changes one that is");
  }

  @Override
  public void configure(Subparser subparser) {
    super.configure(subparser);
    subparser.addArgument("--merchant").required(true);
    subparser.addArgument("--voucher").required(true).help("its number: " + VoucherNo.FORM);
    subparser
        .addArgument("--worth-fen")
        .type(Long.class)
        .required(true)
        .help("the most that it takes off an order");
    subparser
        .addArgument("--buyer")
        .help("the merchant's buyer_id: whose it is; without it, whoever's that has the number");
    subparser
        .addArgument("--expires-at")
        .help("such as 2026-12-31T16:00:00Z: from then on no order gets it any more");
  }

  @Override
  protected void run(
      Bootstrap<CheckoutWorkerConfiguration> bootstrap,
      Namespace namespace,
      CheckoutWorkerConfiguration configuration) {
    MerchantId merchant = merchant(namespace, configuration);
    String number = namespace.getString("voucher");
    checkArgument(
        number.matches(VoucherNo.FORM), "--voucher is not of the form %s", VoucherNo.FORM);
    VoucherNo voucherNo = VoucherNo.of(number);
    long fen = namespace.getLong("worth_fen");
    checkArgument(fen > 0, "--worth-fen must be 1 or more");
    String buyer = namespace.getString("buyer");
    checkArgument(buyer == null || !buyer.isBlank(), "--buyer is blank");
    Instant expiresAt = time(namespace.getString("expires_at"));
    try (Database database = Database.open(configuration.database())) {
      database
          .jdbi()
          .useTransaction(
              handle ->
                  VoucherDao.issue(
                      handle, merchant, voucherNo, Money.ofFen(fen), buyer, expiresAt));
    }
    System.out.println(voucherNo + " takes up to " + fen + " fen off one order from now on.");
  }

  private static @Nullable Instant time(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }
}
