package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.audit.Audit;
import dev.durablecheckout.api.CheckoutApiApplication;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.ordersystem.ReceivedEvent;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import dev.durablecheckout.sandbox.stack.Stack;
import dev.durablecheckout.sandbox.stack.StackOptions;
import dev.durablecheckout.worker.CheckoutWorkerApplication;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.generic.GenericType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * API and worker as processes of their own, killed at random under load, with a channel that loses,
 * doubles and garbles. What is asked at the end: has every order ended as its buyer made it, does
 * every fen agree with the channel's own books, was every order told once?
 */
@Tag("real-temporal")
@Timeout(900)
final class KilledProcessesTest {
  /** A pay order that is given up unscanned is watched until nobody can pay it. */
  private static final Duration PATIENCE = Shopper.LONGEST_WATCH.plusSeconds(30);

  private static final int CHECKOUTS = 300;
  private static final int SHOPPERS = 10;
  private static final int KILLS_EACH = 6;
  private static final long SEED = 20_261_124;

  private final Map<String, Shopper.Plan> played = new ConcurrentHashMap<>();
  private Stack stack;
  private ServiceProcess api;
  private ServiceProcess worker;

  @BeforeEach
  void start(@TempDir Path data) throws Exception {
    RealTemporal.required();
    stack = new Stack(StackOptions.forTests(data).withDevServer());
    api =
        new ServiceProcess(
            CheckoutApiApplication.class, stack.yaml("api.yml"), stack.yaml("api.log"));
    worker =
        new ServiceProcess(
            CheckoutWorkerApplication.class, stack.yaml("worker.yml"), stack.yaml("worker.log"));
    worker.start();
    api.start();
  }

  @AfterEach
  void stop() throws IOException {
    if (stack != null) {
      api.close();
      worker.close();
      stack.close();
    }
  }

  @Test
  void noOrderIsLostWhenProcessesAreKilled() throws Exception {
    badWeather();
    ExecutorService shoppers = Executors.newFixedThreadPool(SHOPPERS);
    try {
      List<Future<?>> shopping = shop(shoppers);
      killUntil(() -> allDone(shopping));
    } finally {
      shoppers.shutdownNow();
    }
    stack.alipay().faults().clear();

    assertThat(played).hasSize(CHECKOUTS);
    await("workflows that do not end", this::openWorkflows);
    assertThat(wrongEndings())
        .as("checkouts that are not what their buyers made of them")
        .isEmpty();
    assertThat(differences()).as("trades of which Alipay's books say otherwise").isEmpty();
    assertThat(stack.alipay().books().stream().filter(trade -> trade.refundedFen() > 0).count())
        .as("late and double payments that went back")
        .isGreaterThan(CHECKOUTS / 10);
    assertThat(untold()).as("checkouts of which the order system has not heard once").isEmpty();
    assertThat(new Audit(stack.database().jdbi(), Clock.systemUTC(), Duration.ZERO).run())
        .isEmpty();
    assertThat(worker.run("audit")).as("exit code of the audit command").isZero();
    assertThat(api.stop()).as("exit code of an API that is asked to stop").isEqualTo(143);
    assertThat(worker.stop()).as("exit code of a worker that is asked to stop").isEqualTo(143);
  }

  private void badWeather() {
    Duration brief = Duration.ofMillis(500);
    for (FaultRule rule :
        List.of(
            FaultRule.always(Fault.NOTIFY_DROP, 0.3),
            FaultRule.always(Fault.NOTIFY_DUPLICATE, 0.4),
            FaultRule.always(Fault.NOTIFY_DELAY, 0.3).lasting(Duration.ofSeconds(4)),
            FaultRule.always(Fault.API_SYSTEM_ERROR_WITH_EFFECT, 0.03),
            FaultRule.always(Fault.API_TIMEOUT_WITH_EFFECT, 0.03).lasting(brief),
            FaultRule.always(Fault.API_TIMEOUT_WITHOUT_EFFECT, 0.03).lasting(brief),
            FaultRule.always(Fault.API_BAD_SIGNATURE, 0.02),
            FaultRule.always(Fault.API_HTML_502, 0.03))) {
      stack.alipay().faults().add(rule);
    }
  }

  private List<Future<?>> shop(ExecutorService shoppers) {
    Shopper shopper =
        new Shopper(
            new CheckoutApi(stack.apiUrl(), stack.merchant().apiKey()), stack.alipay().buyer());
    List<Shopper.Plan> plans = List.of(Shopper.Plan.values());
    Random random = new Random(SEED);
    List<Future<?>> shopping = new ArrayList<>();
    for (int i = 0; i < CHECKOUTS; i++) {
      String orderNo = "K" + i;
      Shopper.Plan plan = plans.get(random.nextInt(plans.size()));
      long pause = random.nextInt(3_000);
      shopping.add(
          shoppers.submit(
              () -> {
                Thread.sleep(pause);
                played.put(shopper.play(plan, orderNo), plan);
                return null;
              }));
    }
    return shopping;
  }

  private void killUntil(Callable<Boolean> done) throws Exception {
    Random random = new Random(SEED + 1);
    List<ServiceProcess> processes = List.of(api, worker);
    Thread.sleep(5_000);
    while (!done.call() || api.kills() < KILLS_EACH || worker.kills() < KILLS_EACH) {
      ServiceProcess victim = processes.get(random.nextInt(processes.size()));
      victim.kill();
      Thread.sleep(random.nextInt(1_500));
      victim.start();
      System.out.printf(
          "%d of %d orders placed; API killed %d times, worker %d times%n",
          played.size(), CHECKOUTS, api.kills(), worker.kills());
      // Long enough to come up, at times too short to finish anything.
      Thread.sleep(2_500 + random.nextInt(4_000));
    }
  }

  /** Whether all shoppers are done; AssertionError as soon as one has failed. */
  private static boolean allDone(List<Future<?>> shopping) throws InterruptedException {
    boolean all = true;
    for (Future<?> each : shopping) {
      if (each.isDone()) {
        try {
          each.get();
        } catch (ExecutionException e) {
          throw new AssertionError("a shopper failed", e.getCause());
        }
      } else {
        all = false;
      }
    }
    return all;
  }

  /** Checkouts that are not what their plan makes of them. */
  private Map<String, String> wrongEndings() {
    Map<String, String> statuses =
        stack
            .database()
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select checkout_id, lower(status) as status from checkouts")
                        .setMapKeyColumn("checkout_id")
                        .setMapValueColumn("status")
                        .collectInto(new GenericType<Map<String, String>>() {}));
    Map<String, String> wrong = new LinkedHashMap<>();
    played.forEach(
        (id, plan) -> {
          String status = String.valueOf(statuses.get(id));
          if (!status.equals(plan.ending())) {
            wrong.put(id, plan + " ended " + status);
          }
        });
    assertThat(statuses).as("no checkout that nobody asked for").hasSize(CHECKOUTS);
    return wrong;
  }

  /** Trades of which the two sides hold different money. */
  private List<String> differences() {
    Map<String, Long> ours =
        stack
            .database()
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            select p.out_trade_no as no, coalesce(p.paid_fen, 0) - coalesce(
                              (select sum(r.amount_fen) from refunds r
                                where r.out_trade_no = p.out_trade_no and r.status = 'SUCCEEDED'), 0)::bigint as fen
                            from pay_orders p
                            """)
                        .setMapKeyColumn("no")
                        .setMapValueColumn("fen")
                        .collectInto(new GenericType<Map<String, Long>>() {}));
    return stack.alipay().trades().stream()
        .filter(
            trade ->
                trade.paidFen() - trade.refundedFen() != ours.getOrDefault(trade.outTradeNo(), -1L))
        .map(
            trade ->
                trade + ", here " + ours.get(trade.outTradeNo()) + timelineOf(trade.outTradeNo()))
        .toList();
  }

  /** What the books tell of a pay order's checkout, a line each. */
  private String timelineOf(String outTradeNo) {
    return stack
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select t::text from timeline t join pay_orders p using (checkout_id)"
                            + " where p.out_trade_no = :no order by t.id")
                    .bind("no", outTradeNo)
                    .mapTo(String.class)
                    .collect(Collectors.joining("\n  ", "\n  ", "\n")));
  }

  /** Checkouts of which the order system has not heard exactly the one ending. */
  private List<String> untold() {
    Map<String, List<String>> told =
        stack.orderSystem().events().stream()
            .filter(event -> event.type().startsWith("checkout."))
            .collect(
                Collectors.groupingBy(
                    ReceivedEvent::checkoutId,
                    Collectors.mapping(ReceivedEvent::type, Collectors.toList())));
    return played.entrySet().stream()
        .filter(
            each ->
                !List.of("checkout." + each.getValue().ending()).equals(told.get(each.getKey())))
        .map(each -> each.getKey() + " " + each.getValue() + " " + told.get(each.getKey()))
        .toList();
  }

  private static void await(String what, Supplier<List<String>> left) throws InterruptedException {
    Instant until = Instant.now().plus(PATIENCE);
    List<String> now = left.get();
    while (!now.isEmpty()) {
      assertThat(Instant.now()).as("%s: %s", what, now).isBefore(until);
      Thread.sleep(500);
      now = left.get();
    }
  }

  private List<String> openWorkflows() {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(stack.temporal().target()).build());
    try {
      return stubs
          .blockingStub()
          .listWorkflowExecutions(
              ListWorkflowExecutionsRequest.newBuilder()
                  .setNamespace("default")
                  .setQuery("ExecutionStatus = 'Running'")
                  .build())
          .getExecutionsList()
          .stream()
          .map(each -> each.getExecution().getWorkflowId())
          .toList();
    } finally {
      stubs.shutdownNow();
    }
  }
}
