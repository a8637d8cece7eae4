package dev.durablecheckout.sandbox.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Delivers a channel's notifies, and again until the merchant acknowledges. One that is pending
 * when the gateway stops is lost: merchants must query anyway.
 */
public final class NotifySender implements AutoCloseable {
  public static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int THREADS = 32;
  private static final int LONGEST_ANSWER = 200;

  /** Writes one sending: each has its own time and signature. */
  @FunctionalInterface
  public interface Writer {
    /**
     * @param fault what is to be wrong with it, if anything
     */
    HttpRequest write(@Nullable Fault fault);
  }

  /**
   * A notify to be sent.
   *
   * @param notifyId the same in each sending
   * @param state of the trade, as the message has it
   * @param ofPayment whether it tells of a payment
   */
  public record Message(
      String notifyId,
      String outTradeNo,
      String state,
      URI url,
      boolean ofPayment,
      Writer writer) {}

  private final FaultPlan faults;
  private final List<Duration> pauses;
  private final Predicate<HttpResponse<String>> acknowledges;
  private final ExecutorService threads;
  private final HttpClient http;
  private final List<Notify> notifies = new ArrayList<>();

  /**
   * @param pauses after each sending that was not acknowledged
   * @param acknowledges whether an answer of the merchant is an acknowledgement
   */
  public NotifySender(
      String channel,
      FaultPlan faults,
      List<Duration> pauses,
      Predicate<HttpResponse<String>> acknowledges) {
    this.faults = faults;
    this.pauses = pauses;
    this.acknowledges = acknowledges;
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, channel + "-notify");
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

  /**
   * Sends it, in the background.
   *
   * @param type of the notify, for faults that are for one type
   */
  public void send(String type, Message message) {
    Notify notify = new Notify(message);
    synchronized (notifies) {
      notifies.add(notify);
    }
    Optional<FaultRule> rule = faults.strike(Fault.Kind.NOTIFY, message.outTradeNo(), type);
    Fault fault = rule.map(FaultRule::fault).orElse(null);
    Duration delay = Duration.ZERO;
    if (fault == Fault.NOTIFY_DROP) {
      notify.moveTo(NotifyRecord.State.DROPPED);
      return;
    } else if (fault == Fault.NOTIFY_REORDER && message.ofPayment()) {
      notify.moveTo(NotifyRecord.State.HELD);
      return;
    } else if (fault == Fault.NOTIFY_DELAY) {
      delay = rule.orElseThrow().delay();
    }
    schedule(notify, fault, delay);
  }

  /** Sends this once, now, and waits for what the merchant says to it: status and body. */
  public String sendNow(HttpRequest request) throws IOException, InterruptedException {
    return answer(http.send(request, HttpResponse.BodyHandlers.ofString()));
  }

  /** Every notify so far, in the order they came about. */
  public List<NotifyRecord> records() {
    synchronized (notifies) {
      return notifies.stream().map(Notify::toRecord).toList();
    }
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
            notify.message.writer().write(fault), HttpResponse.BodyHandlers.ofString())
        .handle(
            (response, error) -> {
              notify.sent(error == null ? answer(response) : error.toString());
              return error == null && acknowledges.test(response);
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
              .filter(
                  each ->
                      each != sent && each.message.outTradeNo().equals(sent.message.outTradeNo()))
              .filter(Notify::release)
              .toList();
    }
    held.forEach(notify -> schedule(notify, null, Duration.ZERO));
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

  /** One notify on its way. */
  private static final class Notify {
    private final Message message;
    private NotifyRecord.State state = NotifyRecord.State.PENDING;
    private int sendings;
    private int rounds;
    private @Nullable String lastAnswer;

    Notify(Message message) {
      this.message = message;
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
          message.notifyId(),
          message.outTradeNo(),
          message.state(),
          message.url(),
          state,
          sendings,
          lastAnswer);
    }
  }
}
