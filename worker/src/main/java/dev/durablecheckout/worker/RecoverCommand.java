package dev.durablecheckout.worker;

import static com.google.common.base.Preconditions.checkArgument;

import dev.durablecheckout.activities.channel.BillChannels;
import dev.durablecheckout.activities.channel.ChannelConnections;
import dev.durablecheckout.activities.db.Database;
import dev.durablecheckout.activities.recovery.OpenWork;
import dev.durablecheckout.activities.recovery.Recovery;
import dev.durablecheckout.workflows.client.TemporalConnection;
import dev.durablecheckout.workflows.recovery.SweepReport;
import io.dropwizard.core.setup.Bootstrap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code recover file.yml [--dry-run] [--older-than PT5M] [--per-second N]}: starts a workflow for
 * everything that the books hold open and Temporal does not run, as after the loss of a namespace.
 * Can be run at any time, again, and beside live workers.
 */
final class RecoverCommand extends WorkerCommand {
  private static final int PAGE = 500;
  private static final double PER_SECOND = 100;

  RecoverCommand() {
    super("recover", "Rebuilds every open workflow that is not running from the books");
  }

  @Override
  public void configure(Subparser subparser) {
    super.configure(subparser);
    subparser
        .addArgument("--dry-run")
        .action(Arguments.storeTrue())
        .help("only says what would be started");
    subparser
        .addArgument("--older-than")
        .setDefault("PT0S")
        .help("leaves alone what is younger, such as PT5M");
    subparser
        .addArgument("--per-second")
        .type(Double.class)
        .setDefault(PER_SECOND)
        .help("how many workflows are looked at in a second");
  }

  @Override
  protected void run(
      Bootstrap<CheckoutWorkerConfiguration> bootstrap,
      Namespace namespace,
      CheckoutWorkerConfiguration configuration) {
    boolean dryRun = namespace.getBoolean("dry_run");
    double perSecond = namespace.getDouble("per_second");
    Instant before =
        Clock.systemUTC().instant().minus(Duration.parse(namespace.getString("older_than")));
    checkArgument(perSecond > 0, "--per-second is above 0");
    try (Database database = Database.open(configuration.database());
        TemporalConnection temporal = TemporalConnection.open(configuration.temporal())) {
      if (!dryRun) {
        SearchAttributeSetup.ensure(temporal.stubs(), configuration.temporal().namespace());
        boolean unused =
            new Schedules(temporal.client(), configuration.sweep())
                .ensure(
                    BillChannels.of(
                        configuration.merchants(),
                        new ChannelConnections(Clock.systemUTC(), database.jdbi())));
      }
      Map<String, SweepReport> reports = new LinkedHashMap<>();
      try (LostOrders lostOrders =
              LostOrders.of(temporal.client(), database.jdbi(), Clock.systemUTC());
          Recovery recovery = lostOrders.recovery(perSecond, dryRun)) {
        for (OpenWork kind : lostOrders.kinds()) {
          reports.put(kind.kind(), recover(recovery, kind, before));
        }
      }
      SweepReport all = reports.values().stream().reduce(SweepReport.NOTHING, SweepReport::plus);
      print(reports, all, dryRun);
      if (all.failed() > 0) {
        throw new IllegalStateException(
            all.failed() + " could not be looked at or started: run it again");
      }
    }
  }

  private static SweepReport recover(Recovery recovery, OpenWork kind, Instant before) {
    SweepReport report = SweepReport.NOTHING;
    Optional<String> after = Optional.of("");
    while (after.isPresent()) {
      Recovery.Page page = recovery.page(kind, before, after.get(), PAGE, () -> {});
      report = report.plus(page.report());
      after = page.last();
      if (after.isPresent()) {
        System.out.printf(
            "%s: %d found, %d started, up to %s%n",
            kind.kind(), report.found(), report.started(), after.get());
      }
    }
    return report;
  }

  private static void print(Map<String, SweepReport> reports, SweepReport all, boolean dryRun) {
    System.out.printf(
        "%-22s %8s %8s %13s %8s%n",
        "", "found", "alive", dryRun ? "would start" : "started", "failed");
    reports.forEach(RecoverCommand::print);
    print("all", all);
    all.failedIds().forEach(failed -> System.out.println("failed: " + failed));
  }

  private static void print(String kind, SweepReport report) {
    System.out.printf(
        "%-22s %8d %8d %13d %8d%n",
        kind, report.found(), report.alive(), report.started(), report.failed());
  }
}
