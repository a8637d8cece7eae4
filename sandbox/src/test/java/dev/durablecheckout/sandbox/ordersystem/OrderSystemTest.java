package dev.durablecheckout.sandbox.ordersystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.sandbox.http.SandboxServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OrderSystemTest {
  private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Instant NOW = Instant.ofEpochSecond(1614265330);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String PAID =
      "{\"type\":\"checkout.paid\",\"data\":{\"checkout_id\":\"m1.<1>\"}}";

  private OrderSystem orders;

  @BeforeEach
  void start() throws IOException {
    orders =
        OrderSystem.start(
            SandboxServer.loopback(0), "whsec_" + KEY, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void stop() {
    orders.close();
  }

  private static String signature(String id, long timestamp, String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
    byte[] sum = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(sum);
  }

  private int post(String id, long timestamp, String body, String signature) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(orders.eventsUrl())
            .timeout(Duration.ofSeconds(20))
            .header("webhook-id", id)
            .header("webhook-timestamp", String.valueOf(timestamp))
            .header("webhook-signature", signature)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private int deliver(String id, String body) throws Exception {
    return post(id, NOW.getEpochSecond(), body, signature(id, NOW.getEpochSecond(), body));
  }

  /** The example of the Standard Webhooks libraries: rightly signed, though no event of ours. */
  @Test
  void believesTheKnownExample() throws Exception {
    String id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    String body = "{\"test\": 2432232314}";
    String right = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    assertThat(post(id, NOW.getEpochSecond(), body, right)).isEqualTo(400);
    assertThat(orders.rejected()).isZero();
    assertThat(post(id, NOW.getEpochSecond(), body + " ", right)).isEqualTo(401);
    assertThat(orders.rejected()).isEqualTo(1);
  }

  @Test
  void keepsAnEventOnceHoweverOftenItComes() throws Exception {
    assertThat(deliver("e1", PAID)).isEqualTo(204);
    assertThat(deliver("e2", PAID.replace("paid", "closed"))).isEqualTo(204);
    assertThat(deliver("e1", PAID)).isEqualTo(204);

    assertThat(orders.events()).extracting(ReceivedEvent::id).containsExactly("e1", "e2");
    assertThat(orders.events()).extracting(ReceivedEvent::deliveries).containsExactly(2, 1);
    assertThat(orders.await("checkout.closed", "m1.<1>", Duration.ZERO))
        .hasValueSatisfying(event -> assertThat(event.body()).contains("closed"));
    assertThat(orders.await("checkout.closed", "m1.2", Duration.ZERO)).isEmpty();
  }

  @Test
  void takesEventsOfWithdrawals() throws Exception {
    String event = "{\"type\":\"withdrawal.returned\",\"data\":{\"withdrawal_no\":\"OUT-1\"}}";
    assertThat(deliver("e1", event)).isEqualTo(204);

    assertThat(orders.await("withdrawal.returned", "OUT-1", Duration.ZERO)).isPresent();
    assertThat(
            HTTP.send(
                    HttpRequest.newBuilder(orders.uri("/")).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body())
        .contains("OUT-1", "in the wallet");
  }

  @Test
  void believesNoForgedOldOrUnsignedEvent() throws Exception {
    long now = NOW.getEpochSecond();
    String right = signature("e1", now, PAID);

    assertThat(post("e2", now, PAID, right)).isEqualTo(401);
    assertThat(post("e1", now + 1, PAID, right)).isEqualTo(401);
    assertThat(post("e1", now, PAID.replace("paid", "Paid"), right)).isEqualTo(401);
    assertThat(post("e1", now, PAID, "v1,")).isEqualTo(401);
    assertThat(post("e1", now, PAID, right.replace("v1,", "v1a,"))).isEqualTo(401);
    assertThat(post("e1", now - 301, PAID, signature("e1", now - 301, PAID))).isEqualTo(401);
    assertThat(orders.events()).isEmpty();
    assertThat(post("e1", now - 300, PAID, signature("e1", now - 300, PAID))).isEqualTo(204);
    assertThat(post("e3", now, PAID, "v1,AAAA " + signature("e3", now, PAID))).isEqualTo(204);
  }

  @Test
  void failsRefusesAndIsSlowWhenTold() throws Exception {
    orders.failNext(2);
    assertThat(deliver("e1", PAID)).isEqualTo(500);
    assertThat(deliver("e1", PAID)).isEqualTo(500);
    assertThat(orders.events()).isEmpty();
    assertThat(deliver("e1", PAID)).isEqualTo(204);

    orders.refuse(true);
    assertThatThrownBy(() -> deliver("e2", PAID)).isInstanceOf(IOException.class);
    orders.refuse(false);
    assertThat(deliver("e2", PAID)).isEqualTo(204);

    orders.slow(Duration.ofMinutes(5));
    HttpRequest impatient =
        HttpRequest.newBuilder(orders.eventsUrl())
            .timeout(Duration.ofMillis(500))
            .header("webhook-id", "e3")
            .header("webhook-timestamp", String.valueOf(NOW.getEpochSecond()))
            .header("webhook-signature", signature("e3", NOW.getEpochSecond(), PAID))
            .POST(HttpRequest.BodyPublishers.ofString(PAID))
            .build();
    assertThatThrownBy(() -> HTTP.send(impatient, HttpResponse.BodyHandlers.discarding()))
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(orders.events()).extracting(ReceivedEvent::id).containsExactly("e1", "e2", "e3");
  }

  @Test
  @Timeout(60)
  void wakesWhoeverWaitsForAnEvent() throws Exception {
    AtomicReference<Optional<ReceivedEvent>> found = new AtomicReference<>(Optional.empty());
    Thread waiter =
        new Thread(
            () -> {
              try {
                found.set(orders.await("checkout.paid", "m1.<1>", Duration.ofHours(1)));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    waiter.start();
    while (waiter.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    deliver("e1", PAID);
    waiter.join();

    assertThat(found.get()).isPresent();
  }

  @Test
  void showsItsOrders() throws Exception {
    deliver("e1", PAID);
    deliver("e1", PAID);

    String page =
        HTTP.send(
                HttpRequest.newBuilder(orders.uri("/")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();

    assertThat(page)
        .contains("m1.&lt;1&gt;", "Paid: ship it", "delivered 2×")
        .doesNotContain("<1>");
  }
}
