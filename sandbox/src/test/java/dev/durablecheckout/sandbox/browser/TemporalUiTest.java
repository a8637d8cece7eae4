package dev.durablecheckout.sandbox.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import dev.durablecheckout.sandbox.stack.Stack;
import dev.durablecheckout.sandbox.stack.StackOptions;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a checkout in the Temporal UI. */
@Tag("real-temporal")
@Timeout(240)
final class TemporalUiTest {
  private Stack stack;
  private Chromium chromium;

  @BeforeEach
  void start(@TempDir Path data) throws Exception {
    chromium = Chromium.start(data.resolve("profile"));
    stack = new Stack(StackOptions.forTests(data.resolve("data")).withDevServer());
    assertThat(stack.temporal().ui()).as("needs a temporal binary, with its UI").isNotNull();
    stack.startWorker();
    stack.startApi();
  }

  @AfterEach
  void stop() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void theOperatorSeesWhereACheckoutStandsAndWhatToDo() throws Exception {
    JsonNode checkout =
        new CheckoutApi(stack.apiUrl(), stack.merchant().apiKey())
            .open("UI-1", 12_850, "book", 1_800)
            .body();
    String outTradeNo = checkout.at("/payment/out_trade_no").asText();
    CheckoutId id = CheckoutId.parse(checkout.get("checkout_id").asText());
    Page page = chromium.page(1280, 760, 1);

    page.open(workflowPage(id));
    page.await("the checkout", text -> text.contains("Search Attributes"));
    page.click("Search Attributes");
    page.await(
        "the status attribute",
        text -> text.contains("CheckoutStatus") && text.contains("AWAITING_PAYMENT"));
    page.keep("temporal-ui-attributes.png");
    page.click("User Metadata");
    page.await(
        "the current details",
        text -> text.contains(outTradeNo) && text.contains("Nothing to do."));
    page.keep("temporal-ui-details.png");

    stack.alipay().buyer().pay(outTradeNo);
    page.open(
        stack
            .temporal()
            .ui()
            .resolve(
                "/namespaces/default/workflows?query="
                    + URLEncoder.encode("`CheckoutStatus`=\"PAID\"", StandardCharsets.UTF_8)));
    page.await("the paid checkout in the list", text -> text.contains(id.workflowId()));
    page.keep("temporal-ui-list.png");
  }

  private URI workflowPage(CheckoutId id) {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(stack.temporal().target()).build());
    try {
      String runId =
          stubs
              .blockingStub()
              .describeWorkflowExecution(
                  DescribeWorkflowExecutionRequest.newBuilder()
                      .setNamespace("default")
                      .setExecution(WorkflowExecution.newBuilder().setWorkflowId(id.workflowId()))
                      .build())
              .getWorkflowExecutionInfo()
              .getExecution()
              .getRunId();
      return stack
          .temporal()
          .ui()
          .resolve(
              "/namespaces/default/workflows/"
                  + URLEncoder.encode(id.workflowId(), StandardCharsets.UTF_8)
                  + "/"
                  + runId
                  + "/history");
    } finally {
      stubs.shutdownNow();
    }
  }
}
