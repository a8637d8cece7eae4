package dev.durablecheckout.sandbox.faults;

import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import dev.durablecheckout.sandbox.stack.Stack;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Plays random checkouts in bad weather, waits until all has come to its end, and counts. */
public final class BadDay {
  private static final long REPORT_MILLIS = 5_000;
  private static final long MAX_FEN = 100_000;

  /**
   * Two refunds of 60 % have to be too much, also of the smallest amount, and one has to be enough
   * for Alipay to pay it out.
   */
  public static final long MIN_FEN = 20;

  /** Of late watches and of refunds that ask less and less often. */
  private static final Duration PATIENCE = Plan.LONGEST_WATCH.plusMinutes(8);

  private static final String UNFINISHED =
      """
      select (select count(*) from checkouts where status = 'AWAITING_PAYMENT')
        + (select count(*) from pay_orders where status = 'PAYING' or (status = 'CLOSED' and dead_at is null))
        + (select count(*) from refunds where status <> 'SUCCEEDED')
        + (select count(*) from withdrawals where status in ('HELD', 'PROCESSING', 'AWAITING_BUYER'))
        + (select count(*) from pay_orders p where settlement in ('LATE', 'DUPLICATE')
            and not exists (select 1 from refunds r where r.out_trade_no = p.out_trade_no))
        + (select count(*) from events where delivered_at is null)
      """;

  private final Stack stack;
  private final PrintStream out;
  private final Clock clock;
  private final Queue<Played> played = new ConcurrentLinkedQueue<>();
  private final AtomicLong toppedUpFen = new AtomicLong();

  public BadDay(Stack stack, PrintStream out, Clock clock) {
    this.stack = stack;
    this.out = out;
    this.clock = clock;
  }

  /** Plays to the end, with progress; the weather is good again when it returns. */
  public Conservation play(int checkouts, int shoppers, long seed)
      throws InterruptedException, ExecutionException {
    // Whoever plays for long must not come to the limits of a day.
    stack.alipay().transfers().dayLimitFen(Long.MAX_VALUE);
    stack.wechatPay().transfers().dayLimitFen(Long.MAX_VALUE);
    Weather.turnsBad(stack.alipay().faults());
    Weather.turnsBad(stack.wechatPay().faults());
    ExecutorService shopping = Executors.newFixedThreadPool(shoppers);
    try {
      follow(begin(shopping, checkouts, seed), checkouts);
    } finally {
      shopping.shutdownNow();
    }
    stack.alipay().faults().clear();
    stack.wechatPay().faults().clear();
    awaitTheEnd();
    return Conservation.of(stack, played, toppedUpFen.get());
  }

  private List<Future<?>> begin(ExecutorService shopping, int checkouts, long seed) {
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
    Random random = new Random(seed);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < checkouts; i++) {
      String orderNo = "F" + seed + "_" + i;
      Plan plan = plans.get(random.nextInt(plans.size()));
      Shopper.Start start = starts.get(random.nextInt(starts.size()));
      long fen = MIN_FEN + (long) (random.nextDouble() * (MAX_FEN - MIN_FEN));
      all.add(
          shopping.submit(
              () -> {
                played.add(shopper.play(plan, start, orderNo, fen));
                return null;
              }));
    }
    return all;
  }

  private void follow(List<Future<?>> shopping, int checkouts)
      throws InterruptedException, ExecutionException {
    Instant begun = clock.instant();
    Instant reported = begun;
    for (Future<?> each : shopping) {
      while (!each.isDone()) {
        TimeUnit.MILLISECONDS.sleep(50);
        if (Duration.between(reported, clock.instant()).toMillis() >= REPORT_MILLIS) {
          reported = clock.instant();
          out.printf(
              "%6d of %d played, %.1f/s; %d faults so far%n",
              played.size(),
              checkouts,
              played.size() * 1000.0 / Duration.between(begun, reported).toMillis(),
              faults());
        }
      }
      each.get();
    }
    out.printf(
        "All %d played in %d s.%n",
        checkouts, Duration.between(begun, clock.instant()).toSeconds());
  }

  private int faults() {
    return sum(stack.alipay().faults().strikes()) + sum(stack.wechatPay().faults().strikes());
  }

  private static int sum(Map<Fault, Integer> strikes) {
    return strikes.values().stream().mapToInt(Integer::intValue).sum();
  }

  private void awaitTheEnd() throws InterruptedException {
    Instant until = clock.instant().plus(PATIENCE);
    long left = unfinished();
    while (left > 0 && clock.instant().isBefore(until)) {
      out.printf("%6d steps of the books are not done yet%n", left);
      TimeUnit.MILLISECONDS.sleep(REPORT_MILLIS);
      left = unfinished();
    }
  }

  private long unfinished() {
    return stack
        .database()
        .jdbi()
        .withHandle(handle -> handle.createQuery(UNFINISHED).mapTo(Long.class).one());
  }

  /** What was played, what went wrong on the way, and the sums. */
  public void print(Conservation counted) {
    Map<Plan, Long> byPlan = new EnumMap<>(Plan.class);
    played.forEach(each -> byPlan.merge(each.plan(), 1L, Long::sum));
    out.println();
    byPlan.forEach((plan, count) -> out.printf("%-20s %7d%n", plan, count));
    out.println();
    printFaults("Alipay", stack.alipay().faults().strikes());
    printFaults("WeChat Pay", stack.wechatPay().faults().strikes());
    out.println();
    out.printf("%-28s %14s%n", "what the shop has to hold", yuan(counted.meantFen()));
    out.printf("%-28s %14s%n", "what the channels hold", yuan(counted.heldFen()));
    out.printf("%-28s %14s%n", "what the books say", yuan(counted.bookedFen()));
    out.printf("%-28s %14s%n", "what the ledger says", yuan(counted.postedFen()));
    out.println();
    print(counted.findings());
  }

  private void printFaults(String channel, Map<Fault, Integer> strikes) {
    out.println(channel + ": " + sum(strikes) + " faults");
    new TreeMap<>(strikes).forEach((fault, times) -> out.printf("  %-34s %7d%n", fault, times));
  }

  private void print(Collection<String> findings) {
    if (findings.isEmpty()) {
      out.println("Every fen is accounted for; no law is broken.");
      return;
    }
    out.println(findings.size() + " findings:");
    findings.forEach(finding -> out.println("  " + finding));
  }

  private static String yuan(long fen) {
    return String.format("%,d.%02d", fen / 100, fen % 100);
  }
}
