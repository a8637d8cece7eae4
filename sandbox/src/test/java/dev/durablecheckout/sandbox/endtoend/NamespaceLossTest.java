package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.activities.audit.Audit;
import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.stack.DevServer;
import dev.durablecheckout.sandbox.stack.StackOptions;
import dev.durablecheckout.sandbox.stack.WechatShop;
import dev.durablecheckout.worker.CheckoutWorkerApplication;
import dev.durablecheckout.workflows.checkout.CheckoutClosed;
import dev.durablecheckout.workflows.checkout.CheckoutClosing;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.checkout.CloseReason;
import dev.durablecheckout.workflows.client.TemporalConfiguration;
import dev.durablecheckout.workflows.client.TemporalConnection;
import dev.durablecheckout.workflows.recovery.LostOrderSweepWorkflow;
import dev.durablecheckout.workflows.recovery.SweepReport;
import dev.durablecheckout.workflows.recovery.SweepRequest;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.ScheduleClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The drill: Temporal's database is gone with everything in it, while buyers go on paying. What is
 * rebuilt from the books ends as if nothing had happened. The steps are those of docs/operating.md.
 */
@Tag("real-temporal")
@Timeout(300)
final class NamespaceLossTest extends CheckoutScene {
  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final long SOON = 60;
  private static final long LATER = 240;

  private final Map<String, String> endings = new LinkedHashMap<>();
  private Path data;
  private DevServer temporal;

  @Override
  StackOptions options(Path directory) {
    RealTemporal.required();
    data = directory;
    temporal = server(0);
    return new StackOptions(directory, temporal.target(), false, null, false, 1.0 / 240);
  }

  private DevServer server(int port) {
    try {
      return DevServer.start(
          DevServer.binary().orElseThrow(),
          data.resolve("temporal.db"),
          data.resolve("temporal.log"),
          port,
          0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  void stopTemporal() {
    if (temporal != null) {
      temporal.close();
    }
  }

  @Test
  void everythingThatWasOpenIsRebuiltFromTheBooks() throws Exception {
    // All that can be open when it happens.
    List<JsonNode> done = ended(many(6, this::open), "paid");
    done.forEach(this::pay);
    done.forEach(checkout -> awaitEvent(checkout, "checkout.paid"));
    List<JsonNode> toBePaid = ended(many(8, () -> openFor(LATER)), "paid");
    List<JsonNode> atWechat = ended(many(4, () -> open("wechat_pay", "qr")), "paid");
    List<JsonNode> insideWechat = ended(many(2, this::openInsideWechat), "paid");
    List<JsonNode> left = ended(many(8, () -> openFor(SOON)), "closed");
    left.stream().limit(4).forEach(one -> stack().alipay().buyer().scan(outTradeNo(one)));
    List<JsonNode> undecided = ended(many(2, this::openUndecided), "closed");
    List<JsonNode> switched = ended(many(6, () -> openFor(LATER / 2)), "paid");
    List<JsonNode> second =
        switched.stream().map(checkout -> payBy(checkout, "alipay", "page")).toList();
    List<JsonNode> refunding = ended(many(4, () -> openFor(SOON)), "closed");
    payWhereRefundsDoNotWork(refunding);
    stack().orderSystem().refuse(true);
    List<JsonNode> untold = ended(many(6, this::open), "paid");
    untold.forEach(this::pay);
    List<JsonNode> watched = ended(many(6, () -> openFor(SOON)), "closed");
    watched.forEach(this::cancel);
    List<JsonNode> rentals = many(4, this::rent);
    confirm(rentals.get(0));
    eventually(
        "the rental to be confirmed",
        () -> rental(rentals.get(0)).path("status").asText().equals("confirmed"));
    untold.forEach(checkout -> awaitStatus(checkout, "paid"));
    int openBefore = (int) openInBooks();

    // It happens, and nobody tells the buyers.
    String target = temporal.target();
    temporal.close();
    for (String file : List.of("temporal.db", "temporal.db-wal", "temporal.db-shm")) {
      boolean unused = Files.deleteIfExists(data.resolve(file));
    }
    notifiesOfEverySecondAreLost(toBePaid);
    toBePaid.forEach(this::pay);
    atWechat.forEach(checkout -> stack().wechatPay().buyer().pay(content(checkout)));
    insideWechat.forEach(this::payInsideWechat);
    second.forEach(CheckoutScene::visit);
    second.forEach(this::pay);
    List<JsonNode> lateAgain = new ArrayList<>(watched.subList(0, 3));
    lateAgain.addAll(switched.subList(0, 3));
    lateAgain.forEach(this::loseNotify);
    lateAgain.forEach(checkout -> stack().alipay().buyer().payLate(outTradeNo(checkout)));
    confirm(rentals.get(1));

    // An empty server, and the books.
    temporal = server(Integer.parseInt(target.substring(target.indexOf(':') + 1)));
    assertThat(temporal.target()).isEqualTo(target);
    stack().orderSystem().refuse(false);
    stack().alipay().faults().clear();
    Path log = stack().yaml("recover.log");
    ServiceProcess worker =
        new ServiceProcess(CheckoutWorkerApplication.class, stack().yaml("worker.yml"), log);
    recover(worker, log, "--dry-run");
    assertThat(openWorkflows()).as("what a dry run starts").noneMatch(this::isRebuilt);
    recover(worker, log);
    recover(worker, log);
    String said = Files.readString(log);
    System.out.println(said);
    assertThat(said).contains("would start", "checkouts", "refunds", "service orders");
    assertThat(openBefore).isGreaterThan(40);

    rentals.subList(0, 2).forEach(this::bringBack);
    rentals
        .subList(2, 4)
        .forEach(
            rental ->
                shop()
                    .post(
                        "/v1/service-orders/" + rentalId(rental) + "/cancel",
                        Map.of("reason", "no umbrella left")));
    assertThat(undecided).allMatch(checkout -> cancel(checkout).path("status").isTextual());
    awaitEnd();
    assertThat(wrongEndings()).isEmpty();
    assertThat(untold()).as("checkouts of which the order system has not heard once").isEmpty();
    for (int i = 0; i < 3; i++) {
      assertThat(trade(watched.get(i)).refundedFen()).as(id(watched.get(i))).isEqualTo(AMOUNT_FEN);
      // Paid twice: whichever is heard of first settles, and the other goes back.
      assertThat(trade(switched.get(i)).refundedFen() + trade(second.get(i)).refundedFen())
          .as(id(switched.get(i)))
          .isEqualTo(AMOUNT_FEN);
    }
    assertThat(refunding).allMatch(late -> trade(late).refundedFen() == AMOUNT_FEN);
    assertThat(done).allMatch(checkout -> trade(checkout).refundedFen() == 0);
    assertThat(new Audit(stack().database().jdbi(), Clock.systemUTC(), Duration.ZERO).run())
        .isEmpty();
    theSweepIsScheduledAndFindsNothing();
  }

  /**
   * What is terminated by hand comes back, and what has come further in the books is sent there.
   */
  @Test
  void theSweepPutsRightWhatWasTerminatedAndWhatWaitsInVain() {
    JsonNode terminated = open();
    JsonNode waiting = openFor(20);
    try (TemporalConnection connection = connection()) {
      connection.client().newUntypedWorkflowStub(workflowId(terminated)).terminate("by mistake");
      closeInBooksAlone(waiting);
      eventually(
          "the visibility list to know both",
          () ->
              openWorkflows().contains(workflowId(waiting))
                  && !openWorkflows().contains(workflowId(terminated)));
      assertThat(get(terminated).path("status").asText())
          .as("what the books say, though the workflow cannot be asked")
          .isEqualTo("awaiting_payment");
      SweepReport report = sweep(connection);
      assertThat(report.startedIds()).contains(workflowId(terminated));
      assertThat(report.nudgedIds()).contains(workflowId(waiting));
      assertThat(report.failed()).isZero();
    }
    pay(terminated);
    awaitPaid(terminated);
    eventually(
        "the workflow that waited in vain to end",
        () -> !openWorkflows().contains(workflowId(waiting)));
  }

  private static void recover(ServiceProcess worker, Path log, String... options)
      throws IOException, InterruptedException {
    int exitCode = worker.run("recover", options);
    assertThat(exitCode).as("exit code: %s", Files.readString(log)).isZero();
  }

  private void theSweepIsScheduledAndFindsNothing() {
    try (TemporalConnection connection = connection()) {
      ScheduleClient schedules = ScheduleClient.newInstance(connection.stubs());
      schedules.getHandle(LostOrderSweepWorkflow.SCHEDULE_ID).trigger();
      eventually(
          "the schedule to sweep",
          () ->
              connection
                  .client()
                  .listExecutions(
                      "WorkflowType = 'LostOrderSweepWorkflow' AND ExecutionStatus = 'Completed'")
                  .findAny()
                  .isPresent());
      SweepReport report = sweep(connection);
      assertThat(report.isQuiet()).as(report.toString()).isTrue();
    }
  }

  private static SweepReport sweep(TemporalConnection connection) {
    return connection
        .client()
        .newWorkflowStub(
            LostOrderSweepWorkflow.class,
            WorkflowOptions.newBuilder().setTaskQueue(TaskQueues.CHECKOUT).build())
        .run(new SweepRequest(Duration.ZERO));
  }

  private TemporalConnection connection() {
    return TemporalConnection.open(TemporalConfiguration.of(temporal.target(), "default"));
  }

  // What happens to the checkouts.

  private static List<JsonNode> many(int count, Supplier<JsonNode> open) {
    return IntStream.range(0, count).mapToObj(i -> open.get()).toList();
  }

  private List<JsonNode> ended(List<JsonNode> checkouts, String ending) {
    checkouts.forEach(checkout -> endings.put(id(checkout), ending));
    return checkouts;
  }

  private JsonNode openFor(long expiresIn) {
    return open("book-" + UUID.randomUUID(), expiresIn);
  }

  private JsonNode openUndecided() {
    return shop().open(orderNo(), AMOUNT_FEN, "book", LATER, "buyer-1", Map.of()).body();
  }

  /** By a login code, which is in no book. */
  private JsonNode openInsideWechat() {
    String code = stack().wechatPay().buyer().login(WechatShop.OFFICIAL_ACCOUNT);
    return open("buyer-1", "wechat_pay", "jsapi", Map.of("login_code", code));
  }

  private void payInsideWechat(JsonNode checkout) {
    Map<String, String> parameters = new LinkedHashMap<>();
    checkout
        .at("/payment/credential/parameters")
        .properties()
        .forEach(each -> parameters.put(each.getKey(), each.getValue().asText()));
    stack().wechatPay().buyer().payJsapi(parameters);
  }

  private void pay(JsonNode checkout) {
    stack().alipay().buyer().pay(outTradeNo(checkout));
  }

  private void payWhereRefundsDoNotWork(List<JsonNode> checkouts) {
    for (JsonNode checkout : checkouts) {
      stack()
          .alipay()
          .faults()
          .add(
              FaultRule.always(Fault.API_SYSTEM_ERROR_WITHOUT_EFFECT, 1)
                  .on(outTradeNo(checkout))
                  .atMethod("alipay.trade.refund"));
      JsonNode unused = cancel(checkout);
      stack().alipay().buyer().payLate(outTradeNo(checkout));
    }
    eventually(
        "the refunds to be under way",
        () -> count("select count(*) from refunds where status = 'PROCESSING'") == 4);
  }

  private void notifiesOfEverySecondAreLost(List<JsonNode> checkouts) {
    for (int i = 0; i < checkouts.size(); i += 2) {
      loseNotify(checkouts.get(i));
    }
  }

  private void loseNotify(JsonNode checkout) {
    stack().alipay().faults().add(FaultRule.once(Fault.NOTIFY_DROP).on(outTradeNo(checkout)));
  }

  private void closeInBooksAlone(JsonNode checkout) {
    CheckoutClosed closed =
        new CheckoutBooksImpl(stack().database().jdbi(), Clock.systemUTC())
            .recordClosed(
                new CheckoutClosing(
                    CheckoutId.parse(id(checkout)), CloseReason.CANCELLED, List.of()));
    assertThat(closed.status()).isEqualTo(CheckoutStatus.CLOSED);
  }

  private JsonNode rent() {
    JsonNode rental = shop().rent(orderNo(), 9_900, "buyer-1").body();
    assertThat(rental.path("service_order_id").isTextual()).as(rental.toString()).isTrue();
    return rental;
  }

  private void confirm(JsonNode rental) {
    stack()
        .wechatPay()
        .payScoreBuyer()
        .confirm(ServiceOrderId.parse(rentalId(rental)).outOrderNo());
  }

  private void bringBack(JsonNode rental) {
    eventually(
        "the rental to be confirmed",
        () -> rental(rental).path("status").asText().equals("confirmed"));
    assertThat(shop().complete(rentalId(rental), 350).status()).isIn(200, 202);
  }

  private static String rentalId(JsonNode rental) {
    return rental.get("service_order_id").asText();
  }

  private JsonNode rental(JsonNode rental) {
    return shop().get("/v1/service-orders/" + rentalId(rental)).body();
  }

  // What is looked at.

  private static String workflowId(JsonNode checkout) {
    return "checkout:" + id(checkout).replaceFirst("\\.", ":");
  }

  private long openInBooks() {
    return count("select count(*) from checkouts where status = 'AWAITING_PAYMENT'")
        + count("select count(distinct checkout_id) from events where delivered_at is null")
        + count("select count(*) from refunds where status <> 'SUCCEEDED'");
  }

  private long count(String sql) {
    return stack()
        .database()
        .jdbi()
        .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  /** Late payments are the relay's: it may come before the recovery. */
  private boolean isRebuilt(String workflowId) {
    return workflowId.startsWith("checkout:") || workflowId.startsWith("service-order:");
  }

  private List<String> openWorkflows() {
    try (TemporalConnection connection = connection()) {
      return connection
          .client()
          .listExecutions("ExecutionStatus = 'Running'")
          .map(each -> each.getExecution().getWorkflowId())
          .toList();
    }
  }

  private void awaitEnd() throws InterruptedException {
    Instant until = Instant.now().plus(PATIENCE);
    List<String> open = openWorkflows();
    while (!open.isEmpty()) {
      assertThat(Instant.now()).as("workflows that do not end: %s", open).isBefore(until);
      Thread.sleep(500);
      open = openWorkflows();
    }
  }

  private Map<String, String> wrongEndings() {
    Map<String, String> wrong = new LinkedHashMap<>();
    endings.forEach(
        (id, ending) -> {
          String status = shop().get("/v1/checkouts/" + id).body().path("status").asText();
          if (!status.equals(ending)) {
            wrong.put(id, status + ", not " + ending);
          }
        });
    return wrong;
  }

  private List<String> untold() {
    return endings.entrySet().stream()
        .filter(
            each ->
                stack().orderSystem().events().stream()
                        .filter(event -> event.checkoutId().equals(each.getKey()))
                        .filter(event -> event.type().startsWith("checkout."))
                        .filter(event -> event.type().equals("checkout." + each.getValue()))
                        .count()
                    != 1)
        .map(Map.Entry::getKey)
        .toList();
  }
}
