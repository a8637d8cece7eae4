package dev.durablecheckout.activities.event;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.annotations.VisibleForTesting;
import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.merchant.EventEndpointConfiguration;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.activities.merchant.Merchants;
import dev.durablecheckout.workflows.event.EventActivities;
import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Delivery of events to order systems, signed by {@link StandardWebhooks}. Only an answer 2xx is an
 * acknowledgement; a redirect is not followed, since it would hand the message to somebody else.
 *
 * <p>A merchant that has no endpoint asks instead of being told. Its events end there: they are
 * written down as withheld, and are not delivered later, should there be an endpoint.
 */
public final class EventActivitiesImpl implements EventActivities {
  /** Writes down how a delivery went. */
  interface DeliveryLog {
    void markDelivered(String eventId);

    void markFailed(String eventId, String error);

    void withhold(String eventId, String why);
  }

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
  private static final int BODY_LIMIT = 16 * 1024;
  private static final int FIRST_SUCCESS = 200;
  private static final int FIRST_NOT_SUCCESS = 300;

  private final Supplier<ImmutableMap<MerchantId, Optional<EventEndpointConfiguration>>> endpoints;
  private final DeliveryLog log;
  private final Clock clock;
  private final BoundedHttpClient http;
  private final Duration answerTimeout;

  /**
   * Delivers for these merchants.
   *
   * @throws IllegalArgumentException if a merchant occurs twice or has a secret of another form
   */
  public EventActivitiesImpl(Merchants merchants, EventLog log, Clock clock) {
    this(merchants, deliveryLog(log), clock, ANSWER_TIMEOUT);
  }

  @VisibleForTesting
  EventActivitiesImpl(Merchants merchants, DeliveryLog log, Clock clock, Duration answerTimeout) {
    endpoints = merchants.derive(EventActivitiesImpl::endpoints);
    this.log = log;
    this.clock = clock;
    this.answerTimeout = answerTimeout;
    http = new BoundedHttpClient(CONNECT_TIMEOUT);
  }

  private static ImmutableMap<MerchantId, Optional<EventEndpointConfiguration>> endpoints(
      List<MerchantConfiguration> merchants) {
    ImmutableMap<MerchantId, Optional<EventEndpointConfiguration>> endpoints =
        merchants.stream()
            .collect(
                toImmutableMap(
                    MerchantConfiguration::id, merchant -> Optional.ofNullable(merchant.events())));
    endpoints.forEach((merchant, endpoint) -> endpoint.ifPresent(e -> check(merchant, e)));
    return endpoints;
  }

  /** A wrong secret is to be found at the start, not by the first event. */
  private static void check(MerchantId merchant, EventEndpointConfiguration endpoint) {
    try {
      StandardWebhooks.sign("", Instant.EPOCH, "", endpoint.secret());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("merchant " + merchant + ": " + e.getMessage(), e);
    }
  }

  private static DeliveryLog deliveryLog(EventLog log) {
    return new DeliveryLog() {
      @Override
      public void markDelivered(String eventId) {
        log.markDelivered(eventId);
      }

      @Override
      public void markFailed(String eventId, String error) {
        log.markFailed(eventId, error);
      }

      @Override
      public void withhold(String eventId, String why) {
        log.withhold(eventId, why);
      }
    };
  }

  /**
   * {@inheritDoc}
   *
   * <p>Idempotency key: the event's id, which the receiver drops repeats by. Fails with {@code
   * EVENT_NOT_ACKNOWLEDGED}, retryable.
   */
  @Override
  public void deliver(OrderEvent event) {
    Optional<EventEndpointConfiguration> endpoint = endpoints.get().get(event.merchant());
    if (endpoint == null) {
      throw notAcknowledged(event, "merchant " + event.merchant() + " is not configured here");
    }
    if (endpoint.isEmpty()) {
      log.withhold(event.eventId(), "no endpoint configured");
      return;
    }
    int status;
    try {
      status = post(event, endpoint.get());
    } catch (IOException e) {
      throw notAcknowledged(event, "no answer: " + e.getClass().getSimpleName());
    }
    if (status < FIRST_SUCCESS || status >= FIRST_NOT_SUCCESS) {
      throw notAcknowledged(event, "HTTP status " + status);
    }
    log.markDelivered(event.eventId());
  }

  private int post(OrderEvent event, EventEndpointConfiguration endpoint) throws IOException {
    Instant now = clock.instant();
    ImmutableMap<String, String> headers =
        ImmutableMap.of(
            "content-type",
            "application/json",
            StandardWebhooks.ID_HEADER,
            event.eventId(),
            StandardWebhooks.TIMESTAMP_HEADER,
            Long.toString(now.getEpochSecond()),
            StandardWebhooks.SIGNATURE_HEADER,
            StandardWebhooks.sign(event.eventId(), now, event.body(), endpoint.secret()));
    return http.post(endpoint.url(), headers, event.body(), answerTimeout, BODY_LIMIT).status();
  }

  private ApplicationFailure notAcknowledged(OrderEvent event, String error) {
    log.markFailed(event.eventId(), error);
    return ApplicationFailure.newFailure(
        event.eventId() + " was not acknowledged: " + error,
        FailureType.EVENT_NOT_ACKNOWLEDGED.name());
  }
}
