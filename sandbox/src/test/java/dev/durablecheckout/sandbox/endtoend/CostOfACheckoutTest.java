package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import dev.durablecheckout.sandbox.stack.Stack;
import dev.durablecheckout.sandbox.stack.StackOptions;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Counts what one checkout costs, on a real server and a real database, where nothing else happens.
 * With {@code -Dperformance.update=true} the table goes into docs/performance.md.
 */
@Tag("real-temporal")
@Timeout(240)
final class CostOfACheckoutTest {
  private static final String BEGIN = "<!-- counted: begin -->";
  private static final String END = "<!-- counted: end -->";

  private Stack stack;
  private WorkflowServiceStubs stubs;

  @BeforeEach
  void start(@TempDir Path data) throws Exception {
    RealTemporal.required();
    stack = new Stack(StackOptions.forTests(data).withDevServer());
    stack.startWorker();
    stack.startApi();
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(stack.temporal().target()).build());
  }

  @AfterEach
  void stop() throws IOException {
    if (stack != null) {
      stubs.shutdownNow();
      stack.close();
    }
  }

  /**
   * What a path came to.
   *
   * @param actions what Temporal Cloud bills: start, signals, updates, timers, activities, upserts;
   *     the local activities of one workflow task together are one
   * @param queryTransactions of the transactions, those that note a query of the channel
   */
  private record Cost(
      String path,
      int events,
      int workflowTasks,
      int activities,
      int actions,
      long transactions,
      long queryTransactions,
      long rows) {
    String row() {
      return "| %s | %d | %d | %d | %d | %d | %d |"
          .formatted(
              path,
              events,
              workflowTasks,
              activities,
              actions,
              transactions - queryTransactions,
              rows - queryTransactions);
    }
  }

  /** A way through a checkout. */
  @FunctionalInterface
  private interface Way {
    void go(JsonNode checkout) throws InterruptedException;
  }

  @Test
  void aCheckoutCostsNoMoreThanPromised() throws Exception {
    CheckoutApi shop = new CheckoutApi(stack.apiUrl(), stack.merchant().apiKey());
    countRows();
    // The first one compiles plans, fills pools and makes what is made once.
    count(shop, "warm-up", 600, this::pay);

    Cost paid = count(shop, "paid, told by a notify", 600, this::pay);
    Cost found =
        count(
            shop,
            "paid, found by a query",
            600,
            checkout -> {
              stack
                  .alipay()
                  .faults()
                  .add(FaultRule.once(Fault.NOTIFY_DROP).on(outTradeNo(checkout)));
              pay(checkout);
            });
    Cost closed = count(shop, "closed at the deadline", 20, checkout -> {});
    Cost scanned =
        count(
            shop,
            "closed at the deadline, scanned before",
            20,
            checkout -> stack.alipay().buyer().scan(outTradeNo(checkout)));

    assertThat(paid.events()).isLessThanOrEqualTo(30);
    assertThat(found.events()).isLessThanOrEqualTo(30);
    assertThat(closed.events()).isLessThanOrEqualTo(35);
    assertThat(scanned.events()).isLessThanOrEqualTo(35);
    assertThat(closed.queryTransactions()).as("there were several polls").isGreaterThan(2);
    assertThat(paid.transactions() - paid.queryTransactions()).isLessThanOrEqualTo(4);
    assertThat(found.transactions() - found.queryTransactions()).isLessThanOrEqualTo(4);
    assertThat(paid.activities()).as("create, poll, deliver").isEqualTo(3);
    writeDown(List.of(paid, found, closed, scanned));
  }

  private void pay(JsonNode checkout) {
    stack.alipay().buyer().pay(outTradeNo(checkout));
  }

  private static String outTradeNo(JsonNode checkout) {
    return checkout.at("/payment/out_trade_no").asText();
  }

  /** The answer to an open need not have the code yet; to read it once more costs nothing. */
  private static JsonNode payable(CheckoutApi shop, JsonNode opened) throws InterruptedException {
    JsonNode checkout = opened;
    while (!checkout.at("/payment/credential/content").isTextual()) {
      Thread.sleep(100);
      checkout = shop.get("/v1/checkouts/" + opened.path("checkout_id").asText()).body();
    }
    return checkout;
  }

  private Cost count(CheckoutApi shop, String path, long expiresIn, Way way)
      throws InterruptedException {
    long before = lastTransaction();
    long rowsBefore = rowsWritten();
    long queriesBefore = queries();
    JsonNode checkout =
        payable(
            shop,
            shop.open("COST-" + path.replaceAll("[^a-z]", ""), 4_200, "book", expiresIn).body());
    way.go(checkout);
    CheckoutId id = CheckoutId.parse(checkout.get("checkout_id").asText());
    List<HistoryEvent> history = new ArrayList<>();
    Promises.eventually(
        "the end of " + path,
        () -> {
          history.clear();
          history.addAll(
              WorkflowClient.newInstance(stubs)
                  .fetchHistory(id.workflowId())
                  .getHistory()
                  .getEventsList());
          return history.get(history.size() - 1).getEventType()
              == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED;
        });
    // Reading the number of the last transaction is one itself.
    long transactions = lastTransaction() - before - 1;
    return new Cost(
        path,
        history.size(),
        count(history, EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED),
        count(history, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED),
        actions(history),
        transactions,
        queries() - queriesBefore,
        rowsWritten() - rowsBefore);
  }

  private static int count(List<HistoryEvent> history, EventType type) {
    return (int) history.stream().filter(event -> event.getEventType() == type).count();
  }

  private static int actions(List<HistoryEvent> history) {
    int actions = 0;
    boolean localActivities = false;
    for (HistoryEvent event : history) {
      switch (event.getEventType()) {
        case EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
            EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
            EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
            EVENT_TYPE_TIMER_STARTED,
            EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
            EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES ->
            actions++;
        case EVENT_TYPE_MARKER_RECORDED -> localActivities = true;
        case EVENT_TYPE_WORKFLOW_TASK_COMPLETED -> {
          actions += localActivities ? 1 : 0;
          localActivities = false;
        }
        default -> {}
      }
    }
    return actions + (localActivities ? 1 : 0);
  }

  private long lastTransaction() {
    return number("select pg_current_xact_id()::text::bigint");
  }

  private long queries() {
    return number("select count(*) from timeline where kind = 'QUERY'");
  }

  /** Inserts and updates, also those that a later one has overwritten. */
  private long rowsWritten() {
    return number("select case when is_called then last_value else 0 end from rows_written");
  }

  /** A sequence counts exactly, and takes no transaction of its own. */
  private void countRows() {
    stack
        .database()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    create sequence rows_written;
                    create function count_row() returns trigger language plpgsql as
                      $$ begin perform nextval('rows_written'); return null; end $$;
                    do $$ declare t record; begin
                      for t in select tablename from pg_tables where schemaname = 'public' loop
                        execute format('create trigger count_row after insert or update on %I
                          for each row execute function count_row()', t.tablename);
                      end loop; end $$
                    """));
  }

  private long number(String sql) {
    return stack
        .database()
        .jdbi()
        .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  private static void writeDown(List<Cost> costs) throws IOException {
    if (!Boolean.getBoolean("performance.update")) {
      return;
    }
    StringBuilder table = new StringBuilder(BEGIN).append('\n');
    table.append(
        "| path | history events | workflow tasks | regular activities | Temporal actions | transactions | rows written |\n");
    table.append("|---|---|---|---|---|---|---|\n");
    costs.forEach(cost -> table.append(cost.row()).append('\n'));
    table.append(END);
    Path file = Path.of(System.getProperty("project.root"), "docs", "performance.md");
    String text = Files.readString(file);
    Files.writeString(
        file,
        text.substring(0, text.indexOf(BEGIN))
            + table
            + text.substring(text.indexOf(END) + END.length()));
  }
}
