package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.sandbox.gateway.BillTampering.Change;
import dev.durablecheckout.sandbox.gateway.BillTampering.What;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.stack.SandboxMerchant;
import dev.durablecheckout.workflows.client.TemporalConfiguration;
import dev.durablecheckout.workflows.client.TemporalConnection;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import dev.durablecheckout.workflows.reconciliation.DayView;
import dev.durablecheckout.workflows.reconciliation.Explanation;
import dev.durablecheckout.workflows.reconciliation.ReconciliationWorkflow;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A day of each channel, reconciled from the bills that the simulated channels write. The worker
 * believes that the day is over: nobody waits for midnight.
 */
abstract class ReconciledDay extends CheckoutScene {
  private static final String PHANTOM = "PHANTOM_1";
  private static final long PHANTOM_FEN = 999;

  @Override
  final Clock billClock() {
    return Clock.offset(Clock.systemUTC(), Duration.ofDays(1));
  }

  private static LocalDate today() {
    return LocalDate.ofInstant(Clock.systemUTC().instant(), BillDay.ZONE);
  }

  private static BillDay day(Channel channel) {
    return new BillDay(MerchantId.of(SandboxMerchant.ID), channel, today());
  }

  private static String path(String channel) {
    return "/v1/reconciliations/" + channel + "/" + today();
  }

  private JsonNode report(String channel) {
    return shop().get(path(channel)).body();
  }

  /** Its workflow is gone and its notifies are lost, as if the servers had lost a night's work. */
  private JsonNode lost(WorkflowClient temporal) {
    JsonNode checkout = open();
    temporal
        .newUntypedWorkflowStub("checkout:" + id(checkout).replace('.', ':'))
        .terminate("lost, for a test");
    stack().alipay().faults().add(FaultRule.always(Fault.NOTIFY_DROP, 1).on(outTradeNo(checkout)));
    stack().alipay().buyer().pay(outTradeNo(checkout));
    return checkout;
  }

  @Test
  void aLostOrderIsRepairedWithoutAPersonAndAPhantomIsFoundAndTheSumsAgreeToTheFen()
      throws Exception {
    stack().alipay().bills().readyAtOnce(true);
    stack().wechatPay().bills().readyAtOnce(true);
    List<JsonNode> paid = new ArrayList<>();
    JsonNode byAlipay = open();
    stack().alipay().buyer().pay(outTradeNo(byAlipay));
    paid.add(byAlipay);
    JsonNode byWechat = open("wechat_pay", "qr");
    stack().wechatPay().buyer().pay(content(byWechat));
    paid.add(byWechat);
    paid.forEach(this::awaitPaid);
    stack().alipay().bills().change(new Change(What.PHANTOM, today(), PHANTOM, PHANTOM_FEN));

    try (TemporalConnection temporal =
        TemporalConnection.open(TemporalConfiguration.of(stack().temporal().target(), "default"))) {
      JsonNode lost = lost(temporal.client());
      ReconciliationWorkflow unused = start(temporal.client(), Channel.WECHAT_PAY);
      ReconciliationWorkflow alipay = start(temporal.client(), Channel.ALIPAY);

      awaitPaid(lost);
      eventually(
          () -> "the repair to be seen: " + report("alipay"),
          () -> report("alipay").path("repaired").asLong() == 1);
      assertSumsAgree("alipay", 2, PHANTOM_FEN);
      JsonNode items = shop().get(path("alipay") + "/items").body().get("items");
      assertThat(items).hasSize(2);
      JsonNode phantom =
          items.get(0).get("number").asText().equals(PHANTOM) ? items.get(0) : items.get(1);
      assertThat(phantom.get("number").asText()).isEqualTo(PHANTOM);
      assertThat(phantom.get("difference").asText()).isEqualTo("missing_here");
      assertThat(phantom.get("state").asText()).isEqualTo("open");
      assertThat(table("alipay"))
          .contains("," + outTradeNo(lost) + ",", "," + PHANTOM + ",", ",matched,")
          .contains(",4200,4200,4200,");

      DayView explained =
          alipay.explain(new Explanation(phantom.get("item").asLong(), "seeded by a test"));
      assertThat(explained.open()).isZero();
      eventually(
          () -> "the day to be settled: " + report("alipay"),
          () -> report("alipay").path("status").asText().equals("settled"));
      eventually(
          () -> "the other day to be settled: " + report("wechat_pay"),
          () -> report("wechat_pay").path("status").asText().equals("settled"));
      assertSumsAgree("wechat_pay", 1, 0);
    }
  }

  private static ReconciliationWorkflow start(WorkflowClient temporal, Channel channel) {
    ReconciliationWorkflow workflow =
        temporal.newWorkflowStub(
            ReconciliationWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(day(channel).workflowId())
                .setTaskQueue(TaskQueues.CHECKOUT)
                .build());
    WorkflowExecution unused = WorkflowClient.start(workflow::run, day(channel), null);
    return workflow;
  }

  private void assertSumsAgree(String channel, long payments, long openFen) {
    JsonNode sums = report(channel).get("payments");
    assertThat(sums.get("order_fen").asLong()).isEqualTo(payments * AMOUNT_FEN);
    assertThat(sums.get("ledger_fen").asLong()).isEqualTo(payments * AMOUNT_FEN);
    assertThat(sums.get("bill_fen").asLong()).isEqualTo(payments * AMOUNT_FEN + openFen);
    assertThat(report(channel).get("open_fen").asLong()).isEqualTo(openFen);
    assertThat(report(channel).get("fee_fen").asLong()).isPositive();
  }

  private String table(String channel) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(stack().apiUrl().resolve(path(channel)))
                .header("Authorization", "Bearer " + stack().merchant().apiKey())
                .header("Accept", "text/csv")
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
