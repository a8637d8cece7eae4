package dev.durablecheckout.activities.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.durablecheckout.activities.merchant.EventEndpointConfiguration;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.activities.merchant.Merchants;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.event.EventType;
import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.merchant.MerchantId;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Delivery over real HTTP to an order system that verifies what it gets. */
class EventActivitiesImplTest {
  private static final Secret SECRET = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.700Z");
  private static final MerchantId SHOP = MerchantId.of("shop");
  private static final OrderEvent EVENT =
      new OrderEvent(
          "evt_1",
          EventType.CHECKOUT_PAID,
          SHOP,
          CheckoutId.parse("shop.1"),
          "{\"type\":\"checkout.paid\",\"subject\":\"茶\"}");

  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final List<String> received = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;
  private int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/events",
        exchange -> {
          try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            Headers headers = exchange.getRequestHeaders();
            boolean genuine =
                StandardWebhooks.verify(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    body,
                    SECRET,
                    NOW);
            received.add(
                headers.getFirst("webhook-id")
                    + " "
                    + headers.getFirst("content-type")
                    + " "
                    + genuine
                    + " "
                    + body);
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
          }
        });
    server.createContext(
        "/elsewhere",
        exchange -> {
          try (exchange) {
            received.add("elsewhere");
            exchange.sendResponseHeaders(200, -1);
          }
        });
    server.createContext(
        "/silent",
        exchange -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  private EventActivitiesImpl activities(@Nullable EventEndpointConfiguration endpoint) {
    return new EventActivitiesImpl(
        new Merchants(
            List.of(
                new MerchantConfiguration(SHOP, "Shop", null, null, null, null, endpoint, null))),
        new EventActivitiesImpl.DeliveryLog() {
          @Override
          public void markDelivered(String eventId) {
            log.add(eventId + " delivered");
          }

          @Override
          public void markFailed(String eventId, String error) {
            log.add(eventId + " failed: " + error);
          }

          @Override
          public void withhold(String eventId, String why) {
            log.add(eventId + " withheld: " + why);
          }
        },
        Clock.fixed(NOW, ZoneOffset.UTC),
        Duration.ofMillis(200));
  }

  private EventEndpointConfiguration endpoint(String path) {
    return new EventEndpointConfiguration(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path), SECRET);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204})
  void aSignedEventIsDeliveredWhenItIsAcknowledged(int acknowledgement) {
    status = acknowledgement;
    activities(endpoint("/events")).deliver(EVENT);
    assertThat(received).containsExactly("evt_1 application/json true " + EVENT.body());
    assertThat(log).containsExactly("evt_1 delivered");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 404, 410, 429, 500, 503})
  void anyOtherAnswerIsTriedAgain(int answer) {
    status = answer;
    assertNotAcknowledged(endpoint("/events"), "HTTP status " + answer);
    assertThat(received).hasSize(1).doesNotContain("elsewhere");
  }

  @Test
  void silenceIsTriedAgain() {
    assertNotAcknowledged(endpoint("/silent"), "no answer: HttpTimeoutException");
  }

  @Test
  void aClosedPortIsTriedAgain() {
    EventEndpointConfiguration endpoint = endpoint("/events");
    server.stop(0);
    assertNotAcknowledged(endpoint, "no answer: ConnectException");
  }

  private void assertNotAcknowledged(EventEndpointConfiguration endpoint, String error) {
    ApplicationFailure failure =
        requireNonNull(
            catchThrowableOfType(
                ApplicationFailure.class, () -> activities(endpoint).deliver(EVENT)));
    assertThat(failure.getType()).isEqualTo("EVENT_NOT_ACKNOWLEDGED");
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getOriginalMessage()).isEqualTo("evt_1 was not acknowledged: " + error);
    assertThat(failure).hasNoCause();
    assertThat(log).containsExactly("evt_1 failed: " + error);
  }

  @Test
  void withoutAnEndpointNothingIsDeliveredAndNothingRetried() {
    activities(null).deliver(EVENT);
    assertThat(log).containsExactly("evt_1 withheld: no endpoint configured");
  }

  @Test
  void aMerchantThatIsNotConfiguredHereIsTriedAgain() {
    OrderEvent foreign =
        new OrderEvent(
            "evt_2",
            EventType.CHECKOUT_PAID,
            MerchantId.of("other"),
            CheckoutId.parse("other.1"),
            "{}");
    ApplicationFailure failure =
        requireNonNull(
            catchThrowableOfType(
                ApplicationFailure.class, () -> activities(null).deliver(foreign)));
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(log).containsExactly("evt_2 failed: merchant other is not configured here");
  }

  @Test
  void aWrongSecretIsFoundAtTheStart() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                activities(
                    new EventEndpointConfiguration(URI.create("http://x/"), new Secret("abc"))))
        .withMessageContaining("merchant shop");
  }
}
