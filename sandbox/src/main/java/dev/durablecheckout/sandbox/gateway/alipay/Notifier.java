package dev.durablecheckout.sandbox.gateway.alipay;

import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultPlan;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells merchants what happened, and again until they say {@code success}. A notify that is pending
 * when the gateway stops is lost: merchants must query anyway.
 */
final class Notifier implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int THREADS = 32;
  private static final int LONGEST_ANSWER = 200;
  private static final int HTTP_OK = 200;

  private final RsaKeys keys;
  private final Clock clock;
  private final FaultPlan faults;
  private final List<Duration> pauses;
  private final ExecutorService threads;
  private final HttpClient http;
  private final List<Notify> notifies = new ArrayList<>();

  Notifier(RsaKeys keys, Clock clock, FaultPlan faults, List<Duration> pauses) {
    this.keys = keys;
    this.clock = clock;
    this.faults = faults;
    this.pauses = pauses;
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "alipay-notify");
              thread.setDaemon(true);
              return thread;
            });
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(TIMEOUT)
            .build();
  }

  void paid(Trade trade) {
    notifyUrl(trade)
        .ifPresent(url -> start(new Notify(trade, url, NotifyFields.ofPayment(trade), true)));
  }

  void refunded(Trade trade, Refund refund) {
    notifyUrl(trade)
        .ifPresent(
            url -> start(new Notify(trade, url, NotifyFields.ofRefund(trade, refund), false)));
  }

  /**
   * Posts a payment's notify that has something wrong with it, whatever the trade's state, and
   * waits for what the merchant says to it: status and body. IllegalArgumentException if the trade
   * has no notify_url.
   */
  String forge(Trade paidTrade, Fault fault) throws IOException, InterruptedException {
    URI url =
        notifyUrl(paidTrade)
            .orElseThrow(() -> new IllegalArgumentException("the trade has no notify_url"));
    HttpResponse<String> response =
        http.send(
            post(url, NotifyFields.ofPayment(paidTrade), fault),
            HttpResponse.BodyHandlers.ofString());
    return answer(response);
  }

  /** Every notify so far, in the order they came about. */
  List<NotifyRecord> records() {
    synchronized (notifies) {
      return notifies.stream().map(Notify::toRecord).toList();
    }
  }

  private static Optional<URI> notifyUrl(Trade trade) {
    return Optional.ofNullable(trade.order().notifyUrl()).map(URI::create);
  }

  private void start(Notify notify) {
    synchronized (notifies) {
      notifies.add(notify);
    }
    Optional<FaultRule> rule =
        faults.strike(Fault.Kind.NOTIFY, notify.outTradeNo, NotifyFields.TYPE);
    Fault fault = rule.map(FaultRule::fault).orElse(null);
    Duration delay = Duration.ZERO;
    if (fault == Fault.NOTIFY_DROP) {
      notify.moveTo(NotifyRecord.State.DROPPED);
      return;
    } else if (fault == Fault.NOTIFY_REORDER && notify.ofPayment) {
      notify.moveTo(NotifyRecord.State.HELD);
      return;
    } else if (fault == Fault.NOTIFY_DELAY) {
      delay = rule.orElseThrow().delay();
    }
    schedule(notify, fault, delay);
  }

  private void schedule(Notify notify, @Nullable Fault fault, Duration delay) {
    CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, threads)
        .execute(() -> send(notify, fault));
  }

  private void send(Notify notify, @Nullable Fault fault) {
    int copies = fault == Fault.NOTIFY_DUPLICATE ? 2 : 1;
    List<CompletableFuture<Boolean>> sendings =
        Stream.generate(() -> sendOnce(notify, fault)).limit(copies).toList();
    List<Boolean> acknowledged = sendings.stream().map(CompletableFuture::join).toList();
    if (acknowledged.contains(true)) {
      notify.moveTo(NotifyRecord.State.ACKNOWLEDGED);
    } else {
      again(notify, fault);
    }
    releaseHeld(notify);
  }

  private CompletableFuture<Boolean> sendOnce(Notify notify, @Nullable Fault fault) {
    return http.sendAsync(
            post(notify.url, notify.fields, fault), HttpResponse.BodyHandlers.ofString())
        .handle(
            (response, error) -> {
              notify.sent(error == null ? answer(response) : error.toString());
              return error == null
                  && response.statusCode() == HTTP_OK
                  && response.body().equals("success");
            });
  }

  /**
   * Only the first sending shows a fault in the message; each one of a doubled notify is double.
   */
  private void again(Notify notify, @Nullable Fault fault) {
    int round = notify.nextRound();
    if (round > pauses.size()) {
      notify.moveTo(NotifyRecord.State.GIVEN_UP);
    } else {
      Fault kept = fault == Fault.NOTIFY_DUPLICATE ? fault : null;
      schedule(notify, kept, pauses.get(round - 1));
    }
  }

  private void releaseHeld(Notify sent) {
    List<Notify> held;
    synchronized (notifies) {
      held =
          notifies.stream()
              .filter(each -> each != sent && each.outTradeNo.equals(sent.outTradeNo))
              .filter(Notify::release)
              .toList();
    }
    held.forEach(notify -> schedule(notify, null, Duration.ZERO));
  }

  private HttpRequest post(URI url, Map<String, String> fields, @Nullable Fault fault) {
    return HttpRequest.newBuilder(url)
        .timeout(TIMEOUT)
        .header("Content-Type", "application/x-www-form-urlencoded; text/html; charset=utf-8")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                NotifyFields.sending(fields, keys, clock.instant(), fault)))
        .build();
  }

  private static String answer(HttpResponse<String> response) {
    String body = response.body();
    String shown = body.length() > LONGEST_ANSWER ? body.substring(0, LONGEST_ANSWER) : body;
    return (response.statusCode() + " " + shown).strip();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** One notify on its way; its fields are those of every sending. */
  private static final class Notify {
    private final String outTradeNo;
    private final URI url;
    private final Map<String, String> fields;
    private final boolean ofPayment;
    private NotifyRecord.State state = NotifyRecord.State.PENDING;
    private int sendings;
    private int rounds;
    private @Nullable String lastAnswer;

    Notify(Trade trade, URI url, Map<String, String> fields, boolean ofPayment) {
      this.outTradeNo = trade.outTradeNo();
      this.url = url;
      this.fields = Map.copyOf(fields);
      this.ofPayment = ofPayment;
    }

    synchronized void moveTo(NotifyRecord.State next) {
      state = next;
    }

    synchronized boolean release() {
      if (state != NotifyRecord.State.HELD) {
        return false;
      }
      state = NotifyRecord.State.PENDING;
      return true;
    }

    synchronized void sent(String answer) {
      sendings++;
      lastAnswer = answer;
    }

    synchronized int nextRound() {
      return ++rounds;
    }

    synchronized NotifyRecord toRecord() {
      return new NotifyRecord(
          String.valueOf(fields.get("notify_id")),
          outTradeNo,
          String.valueOf(fields.get("trade_status")),
          url,
          state,
          sendings,
          lastAnswer);
    }
  }
}
