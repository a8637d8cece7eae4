package dev.durablecheckout.sandbox.ordersystem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import dev.durablecheckout.sandbox.http.SandboxServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A merchant's order system. {@code POST /events} takes events: 204 once an event is kept, also for
 * a repeat; 401 for a signature that is not right; 400 for a body that is no event. {@code GET /}
 * shows the orders to a person.
 */
public final class OrderSystem implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, ReceivedEvent> events = new LinkedHashMap<>();
  private final WebhookVerifier verifier;
  private final Clock clock;
  private final SandboxServer server;
  private int failuresLeft;
  private boolean refusing;
  private Duration slowness = Duration.ZERO;
  private int rejected;

  private OrderSystem(InetSocketAddress address, String secret, Clock clock) throws IOException {
    this.verifier = new WebhookVerifier(secret, clock);
    this.clock = clock;
    this.server = SandboxServer.start("order-system", address, this::handle);
  }

  /**
   * Starts an order system.
   *
   * @param address where it listens; port 0 for any free one
   * @param secret {@code whsec_...}, the one that events are signed with
   */
  public static OrderSystem start(InetSocketAddress address, String secret, Clock clock)
      throws IOException {
    return new OrderSystem(address, secret, clock);
  }

  /** A URL of this order system. */
  public URI uri(String path) {
    return server.uri(path);
  }

  /** Where events are to be posted. */
  public URI eventsUrl() {
    return uri("/events");
  }

  /** The next deliveries are answered 500 and forgotten. */
  public synchronized void failNext(int deliveries) {
    failuresLeft = deliveries;
  }

  /** While set, connections are closed without an answer, as if the system were down. */
  public synchronized void refuse(boolean refuse) {
    refusing = refuse;
  }

  /** An event is kept at once, but answered only after this time. */
  public synchronized void slow(Duration answerAfter) {
    slowness = answerAfter;
  }

  /** The events in the order they came first. */
  public synchronized List<ReceivedEvent> events() {
    return List.copyOf(events.values());
  }

  /** How many deliveries had no right signature. */
  public synchronized int rejected() {
    return rejected;
  }

  /** Waits for an event; empty if it has not come in time. */
  public synchronized Optional<ReceivedEvent> await(
      String type, String checkoutId, Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      Optional<ReceivedEvent> found =
          events.values().stream()
              .filter(each -> each.type().equals(type) && each.checkoutId().equals(checkoutId))
              .findFirst();
      long left = end - System.nanoTime();
      if (found.isPresent() || left <= 0) {
        return found;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private Response handle(Request request) throws InterruptedException {
    return switch (request.method() + " " + request.path()) {
      case "POST /events" -> take(request);
      case "GET /" -> Response.page(200, OrderPage.of(events()));
      default -> Response.text(404, "not found");
    };
  }

  private Response take(Request request) throws InterruptedException {
    Duration pause;
    synchronized (this) {
      if (refusing) {
        return Response.none();
      }
      if (failuresLeft > 0) {
        failuresLeft--;
        return Response.text(500, "out of order");
      }
      if (!verifier.verifies(request)) {
        rejected++;
        return Response.text(401, "the signature is not right");
      }
      if (!keep(request)) {
        return Response.text(400, "not an event");
      }
      pause = slowness;
    }
    Thread.sleep(pause.toMillis());
    return Response.noContent();
  }

  private synchronized boolean keep(Request request) {
    String id = request.header("webhook-id").orElseThrow();
    ReceivedEvent known = events.get(id);
    if (known != null) {
      events.put(id, known.deliveredAgain());
      return true;
    }
    try {
      JsonNode body = JSON.readTree(request.text());
      String type = body.path("type").asText();
      JsonNode data = body.path("data");
      String checkoutId = subject(data);
      if (type.isEmpty() || checkoutId.isEmpty()) {
        return false;
      }
      events.put(id, new ReceivedEvent(id, type, checkoutId, request.text(), clock.instant(), 1));
      notifyAll();
      return true;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** Which order, or which withdrawal, an event is about. */
  private static String subject(JsonNode data) {
    return Stream.of("checkout_id", "service_order_id", "withdrawal_no")
        .map(name -> data.path(name).asText())
        .filter(id -> !id.isEmpty())
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    server.close();
  }
}
