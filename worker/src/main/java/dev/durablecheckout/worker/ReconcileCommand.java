package dev.durablecheckout.worker;

import static com.google.common.base.Preconditions.checkArgument;

import dev.durablecheckout.workflows.client.TemporalConnection;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import dev.durablecheckout.workflows.reconciliation.ReconciliationWorkflow;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.dropwizard.core.setup.Bootstrap;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code reconcile file.yml --merchant M --channel C --date D}: begins the reconciliation of a day,
 * also of one that was reconciled before: the same bill leaves the same behind.
 */
final class ReconcileCommand extends WorkerCommand {
  ReconcileCommand() {
    super("reconcile", "Begins the reconciliation of one day of one channel, again if need be");
  }

  @Override
  public void configure(Subparser subparser) {
    super.configure(subparser);
    subparser.addArgument("--merchant").required(true);
    subparser.addArgument("--channel").required(true).choices("alipay", "wechat_pay");
    subparser.addArgument("--date").required(true).help("a day in Asia/Shanghai: 2026-01-31");
  }

  @Override
  protected void run(
      Bootstrap<CheckoutWorkerConfiguration> bootstrap,
      Namespace namespace,
      CheckoutWorkerConfiguration configuration) {
    BillDay day =
        new BillDay(
            MerchantId.of(namespace.getString("merchant")),
            Channel.valueOf(namespace.getString("channel").toUpperCase(Locale.ROOT)),
            LocalDate.parse(namespace.getString("date")));
    checkArgument(
        configuration.merchants().stream()
            .anyMatch(
                merchant ->
                    merchant.id().equals(day.merchant())
                        && merchant.accounts().stream()
                            .anyMatch(account -> account.channel() == day.channel())),
        "%s has no account at %s in the file",
        day.merchant(),
        day.channel());
    checkArgument(
        !day.end().isAfter(Clock.systemUTC().instant()),
        "%s is not over yet in Asia/Shanghai: its bill comes the day after",
        day.day());
    try (TemporalConnection temporal = TemporalConnection.open(configuration.temporal())) {
      System.out.println(begin(temporal.client(), day));
    }
  }

  private static String begin(WorkflowClient client, BillDay day) {
    ReconciliationWorkflow workflow =
        client.newWorkflowStub(
            ReconciliationWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(day.workflowId())
                .setTaskQueue(TaskQueues.CHECKOUT)
                .setTypedSearchAttributes(
                    SearchAttributes.newBuilder()
                        .set(SearchAttributeKeys.PAY_CHANNEL, day.channel().name())
                        .build())
                .setStaticSummary("reconciliation of " + day)
                .build());
    try {
      WorkflowExecution unused = WorkflowClient.start(workflow::run, day, null);
      return "Workflow " + day.workflowId() + " has begun.";
    } catch (WorkflowExecutionAlreadyStarted e) {
      return "Workflow "
          + day.workflowId()
          + " is under way already; to have the bill downloaded again, send it the update rerun.";
    }
  }
}
