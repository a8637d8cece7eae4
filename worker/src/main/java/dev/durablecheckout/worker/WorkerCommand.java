package dev.durablecheckout.worker;

import static com.google.common.base.Preconditions.checkArgument;

import dev.durablecheckout.workflows.merchant.MerchantId;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ConfiguredCommand;
import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.time.DateTimeException;
import net.sourceforge.argparse4j.inf.Namespace;

/** What a person calls with the worker's file: if the file or a value is wrong, a line says so. */
abstract class WorkerCommand extends ConfiguredCommand<CheckoutWorkerConfiguration> {
  WorkerCommand(String name, String description) {
    super(name, description);
  }

  /** Which merchant of the file {@code --merchant} names; IllegalArgumentException if none. */
  static MerchantId merchant(Namespace namespace, CheckoutWorkerConfiguration configuration) {
    MerchantId merchant = MerchantId.of(namespace.getString("merchant"));
    checkArgument(
        configuration.merchants().stream().anyMatch(one -> one.id().equals(merchant)),
        "there is no merchant %s in the file",
        merchant);
    return merchant;
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable e) {
    if (e instanceof IllegalArgumentException
        || e instanceof DateTimeException
        || e instanceof ConfigurationException
        || e instanceof FileNotFoundException
        || e instanceof NoSuchFileException) {
      cli.getStdErr().println(getName() + ": " + e.getMessage());
    } else {
      super.onError(cli, namespace, e);
    }
  }
}
