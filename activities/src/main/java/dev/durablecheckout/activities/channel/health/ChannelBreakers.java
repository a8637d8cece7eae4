package dev.durablecheckout.activities.channel.health;

import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops asking an account at a channel that does not answer: half of its last 20 calls, at least
 * 10, without a usable answer, and it is left in peace for 15 s; then three calls are let through,
 * to see. Each worker finds out for itself. A refusal is an answer.
 *
 * <p>The wallet has none: without our own database nothing goes anyway.
 */
public final class ChannelBreakers {
  /** How long a channel is left in peace. */
  public static final Duration REST = Duration.ofSeconds(15);

  private static final Logger log = LoggerFactory.getLogger(ChannelBreakers.class);
  private static final int WINDOW = 20;
  private static final int AT_LEAST = 10;
  private static final int FAILURES_PERCENT = 50;
  private static final int PROBES = 3;

  private record Account(MerchantId merchant, Channel channel) {}

  /** A call that may end without a usable answer. */
  @FunctionalInterface
  public interface Call<T> {
    T make() throws ChannelOutcomeUnknownException;
  }

  private final Map<Account, CircuitBreaker> breakers = new ConcurrentHashMap<>();
  private final ChannelHealth health;
  private final CircuitBreakerConfig config;

  public ChannelBreakers(ChannelHealth health, Clock clock) {
    this.health = health;
    this.config =
        CircuitBreakerConfig.custom()
            .slidingWindowType(SlidingWindowType.COUNT_BASED)
            .slidingWindowSize(WINDOW)
            .minimumNumberOfCalls(AT_LEAST)
            .failureRateThreshold(FAILURES_PERCENT)
            .waitDurationInOpenState(REST)
            .permittedNumberOfCallsInHalfOpenState(PROBES)
            .recordException(e -> e instanceof ChannelOutcomeUnknownException)
            .ignoreException(e -> !(e instanceof ChannelOutcomeUnknownException))
            .clock(clock)
            .currentTimestampFunction(Clock::millis, TimeUnit.MILLISECONDS)
            .build();
  }

  /**
   * Makes the call, unless the channel is being left in peace.
   *
   * @throws ChannelRestException if it is
   */
  public <T> T call(MerchantId merchant, Channel channel, Call<T> call)
      throws ChannelOutcomeUnknownException, ChannelRestException {
    if (channel == Channel.WALLET) {
      return call.make();
    }
    CircuitBreaker breaker =
        breakers.computeIfAbsent(new Account(merchant, channel), this::breaker);
    try {
      breaker.acquirePermission();
    } catch (CallNotPermittedException e) {
      throw new ChannelRestException(
          channel + " has not answered lately and is not asked for a moment");
    }
    long start = breaker.getCurrentTimestamp();
    try {
      T answer = call.make();
      breaker.onResult(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), answer);
      return answer;
    } catch (ChannelOutcomeUnknownException | RuntimeException e) {
      breaker.onError(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), e);
      throw e;
    }
  }

  private CircuitBreaker breaker(Account account) {
    CircuitBreaker breaker =
        CircuitBreaker.of(account.merchant() + " " + account.channel(), config);
    breaker
        .getEventPublisher()
        .onStateTransition(event -> report(account, event.getStateTransition()));
    return breaker;
  }

  private void report(Account account, StateTransition transition) {
    log.warn("{} of {}: {}", account.channel(), account.merchant(), transition);
    try {
      switch (transition.getToState()) {
        // Until it has been tried again, and somewhat longer.
        case OPEN -> health.down(account.merchant(), account.channel(), REST.multipliedBy(2));
        case CLOSED -> health.up(account.merchant(), account.channel());
        default -> {
          // Being tried again.
        }
      }
    } catch (JdbiException e) {
      log.warn("the cashier could not be told: {}", e.getMessage());
    }
  }
}
