package dev.durablecheckout.sandbox.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A shop's backend, which knows that processes die and networks fail: what got no definite answer
 * is asked again, word for word.
 */
final class Backend {
  static final int REFUSED = 300;
  private static final int SERVER_ERROR = 500;
  private static final int UNDER_WAY = 202;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final long PAUSE_MILLIS = 200;
  private static final int RACERS = 4;

  private Backend() {}

  /** What a request that has to be accepted is answered. */
  static JsonNode insist(Supplier<CheckoutApi.Answer> request) throws InterruptedException {
    CheckoutApi.Answer answer = definite(request);
    if (answer.status() >= REFUSED) {
      throw new IllegalStateException("refused: " + answer);
    }
    return answer.body();
  }

  /** Asks until the answer is such; it has to be accepted each time. */
  static JsonNode until(Predicate<JsonNode> wanted, Supplier<CheckoutApi.Answer> request)
      throws InterruptedException {
    JsonNode body = insist(request);
    while (!wanted.test(body)) {
      Thread.sleep(PAUSE_MILLIS);
      body = insist(request);
    }
    return body;
  }

  /** Repeats a request until it is accepted or refused: 202 is neither. */
  static CheckoutApi.Answer decided(Supplier<CheckoutApi.Answer> request)
      throws InterruptedException {
    CheckoutApi.Answer answer = definite(request);
    while (answer.status() == UNDER_WAY) {
      Thread.sleep(PAUSE_MILLIS);
      answer = definite(request);
    }
    return answer;
  }

  /** Repeats a request until it gets a definite answer. */
  static CheckoutApi.Answer definite(Supplier<CheckoutApi.Answer> request)
      throws InterruptedException {
    while (true) {
      try {
        CheckoutApi.Answer answer = request.get();
        if (answer.status() < SERVER_ERROR) {
          return answer;
        }
      } catch (UncheckedIOException e) {
        // The API is dead, or died while it answered: the same again.
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** A request, told from the others by its number. */
  @FunctionalInterface
  interface Racer {
    CheckoutApi.Answer ask(int number) throws InterruptedException;
  }

  /**
   * Several requests at once, of which only one fits.
   *
   * @return the number of the one that was accepted
   */
  static int race(Racer racer) throws InterruptedException {
    List<Callable<CheckoutApi.Answer>> racers = new ArrayList<>();
    for (int i = 0; i < RACERS; i++) {
      int number = i;
      racers.add(() -> racer.ask(number));
    }
    ExecutorService atOnce = Executors.newFixedThreadPool(RACERS);
    List<Integer> accepted = new ArrayList<>();
    try {
      List<Future<CheckoutApi.Answer>> answers = atOnce.invokeAll(racers);
      for (int i = 0; i < RACERS; i++) {
        int status = answers.get(i).get().status();
        if (status < REFUSED) {
          accepted.add(i);
        } else if (status != CONFLICT && status != UNPROCESSABLE) {
          throw new IllegalStateException("answered " + answers.get(i).get());
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a request failed", e);
    } finally {
      atOnce.shutdownNow();
    }
    if (accepted.size() != 1) {
      throw new IllegalStateException(accepted.size() + " were accepted where one fits");
    }
    return accepted.get(0);
  }
}
