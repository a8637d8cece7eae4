package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.api.CheckoutApiApplication;
import dev.durablecheckout.sandbox.faults.BadDay;
import dev.durablecheckout.sandbox.faults.Conservation;
import dev.durablecheckout.sandbox.faults.Plan;
import dev.durablecheckout.sandbox.faults.Played;
import dev.durablecheckout.sandbox.faults.Shopper;
import dev.durablecheckout.sandbox.faults.Weather;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
  private static final Duration PATIENCE = Plan.LONGEST_WATCH.plusSeconds(90);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(12);

  private static final int CHECKOUTS = 150;
  private static final int SHOPPERS = 20;
  private static final int KILLS_EACH = 6;
  private static final long SEED = 20_261_124;

  private final Queue<Played> played = new ConcurrentLinkedQueue<>();
  private final AtomicLong toppedUpFen = new AtomicLong();
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
    Weather.turnsBad(stack.alipay().faults());
    Weather.turnsBad(stack.wechatPay().faults());
    ExecutorService shoppers = Executors.newFixedThreadPool(SHOPPERS);
    try {
      List<Future<?>> shopping = shop(shoppers);
      killUntil(() -> allDone(shopping));
    } finally {
      shoppers.shutdownNow();
    }
    stack.alipay().faults().clear();
    stack.wechatPay().faults().clear();

    assertThat(played).hasSize(CHECKOUTS);
    await("workflows that do not end", this::openWorkflows);
    await("events that were not delivered", this::undelivered);
    assertThat(Conservation.of(stack, played, toppedUpFen.get()).findings())
        .as("money that is not where its buyers and the shop meant it to be")
        .isEmpty();
    assertThat(stack.alipay().books().stream().filter(trade -> trade.refundedFen() > 0).count())
        .as("late, double and refunded payments that went back")
        .isGreaterThan(CHECKOUTS / 20);
    assertThat(untold()).as("checkouts of which the order system has not heard once").isEmpty();
    assertThat(worker.run("audit")).as("exit code of the audit command").isZero();
    assertThat(api.stop()).as("exit code of an API that is asked to stop").isEqualTo(143);
    assertThat(worker.stop()).as("exit code of a worker that is asked to stop").isEqualTo(143);
  }

  private List<Future<?>> shop(ExecutorService shoppers) {
    Shopper shopper =
        new Shopper(
            new CheckoutApi(stack.apiUrl(), stack.merchant().apiKey()),
            stack.alipay(),
            stack.wechatPay(),
            (buyer, fen) -> {
              stack.topUp(buyer, fen);
              toppedUpFen.addAndGet(fen);
            });
    List<Plan> plans = List.of(Plan.values());
    List<Shopper.Start> starts = List.of(Shopper.Start.values());
    Random random = new Random(SEED);
    List<Future<?>> shopping = new ArrayList<>();
    for (int i = 0; i < CHECKOUTS; i++) {
      String orderNo = "K" + i;
      Plan plan = plans.get(random.nextInt(plans.size()));
      Shopper.Start start = starts.get(random.nextInt(starts.size()));
      long fen = BadDay.MIN_FEN + random.nextInt(100_000);
      long pause = random.nextInt(3_000);
      shopping.add(
          shoppers.submit(
              () -> {
                Thread.sleep(pause);
                played.add(shopper.play(plan, start, orderNo, fen));
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
      Thread.sleep(1_000 + random.nextInt(4_000));
      // Now and then it is killed while it comes up; else a slow machine has time for an order.
      if (random.nextInt(4) > 0) {
        awaitAnotherOrder();
      }
    }
  }

  private void awaitAnotherOrder() throws InterruptedException {
    int before = played.size();
    Instant until = Instant.now().plus(LONGEST_PAUSE);
    while (played.size() == before && Instant.now().isBefore(until)) {
      Thread.sleep(100);
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
          throw new AssertionError("a shopper failed: " + e.getCause(), e.getCause());
        }
      } else {
        all = false;
      }
    }
    return all;
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
    return played.stream()
        .filter(
            each ->
                !List.of("checkout." + each.plan().ending().status())
                    .equals(told.get(each.checkoutId())))
        .map(each -> each + " " + told.get(each.checkoutId()))
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

  private List<String> undelivered() {
    return stack
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select event_id from events where delivered_at is null")
                    .mapTo(String.class)
                    .list());
  }

  /**
   * All but withdrawals that were paid out: nothing is left to be done there, but for a week they
   * are watched, in case a bank sends the money back.
   */
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
                  .setQuery(
                      "ExecutionStatus = 'Running' and"
                          + " (WorkflowType != 'WithdrawalWorkflow' or CheckoutStatus != 'SUCCEEDED')")
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
