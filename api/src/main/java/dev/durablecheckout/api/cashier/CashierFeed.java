package dev.durablecheckout.api.cashier;

import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.activities.checkout.CheckoutDetails;
import dev.durablecheckout.activities.checkout.CheckoutReader;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import io.dropwizard.lifecycle.Managed;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.server.ChunkedOutput;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the pages that are open up to date by server-sent events. One poll of the books serves them
 * all, however many there are.
 */
public final class CashierFeed implements Managed {
  private static final Logger log = LoggerFactory.getLogger(CashierFeed.class);

  /** Below the idle timeout of servers and proxies. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** A browser connects again by itself: nothing stays open for ever. */
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private static final int MAX_PER_CHECKOUT = 5;
  private static final String RETRY = "retry: 3000\n\n";
  private static final String HEARTBEAT_COMMENT = ": still here\n\n";

  private final CheckoutReader books;
  private final CashierConfiguration configuration;
  private final Clock clock;
  private final ScheduledExecutorService executor;
  private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
  private boolean ending;

  public CashierFeed(
      CheckoutReader books,
      CashierConfiguration configuration,
      Clock clock,
      ScheduledExecutorService executor) {
    this.books = books;
    this.configuration = configuration;
    this.clock = clock;
    this.executor = executor;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // poll() lets nothing out that would end it.
  public void start() {
    long interval = configuration.pollInterval().toMillis();
    executor.scheduleWithFixedDelay(this::poll, interval, interval, TimeUnit.MILLISECONDS);
  }

  /**
   * Ends all streams and takes no more. To be called before the server waits for its requests to
   * end: these would not.
   */
  public synchronized void end() {
    ending = true;
    streams.forEach(this::close);
  }

  /** A stream of a checkout's changes; empty if there are too many: the page then polls. */
  synchronized Optional<ChunkedOutput<String>> open(CheckoutId id, CashierStatus now) {
    long alike = streams.stream().filter(stream -> stream.id.equals(id)).count();
    if (ending || alike >= MAX_PER_CHECKOUT || streams.size() >= configuration.maxStreams()) {
      return Optional.empty();
    }
    Stream stream = new Stream(id, clock.instant());
    send(stream, RETRY);
    sendStatus(stream, now);
    streams.add(stream);
    return Optional.of(stream.output);
  }

  /** How many streams are open. */
  int size() {
    return streams.size();
  }

  /** One round for all pages. Whatever stops it, the next round goes on. */
  void poll() {
    try {
      ImmutableSet<CheckoutId> ids =
          streams.stream().map(stream -> stream.id).collect(ImmutableSet.toImmutableSet());
      if (!ids.isEmpty()) {
        tell(books.findAll(ids));
      }
    } catch (JdbiException e) {
      log.warn("open cashier pages wait for the books: {}", e.getMessage());
    } catch (RuntimeException e) {
      // The edge of a thread: an exception that got out would end the schedule for good.
      log.error("the feed of cashier pages failed", e);
    }
    keepAlive();
  }

  private void tell(Map<CheckoutId, CheckoutDetails> found) {
    Instant now = clock.instant();
    for (Stream stream : streams) {
      CheckoutDetails details = found.get(stream.id);
      if (details != null) {
        CashierStatus status = CashierStatus.of(details, now);
        if (!status.version().equals(stream.sentVersion)) {
          sendStatus(stream, status);
        }
      }
    }
  }

  private void keepAlive() {
    Instant now = clock.instant();
    for (Stream stream : streams) {
      if (!now.isBefore(stream.opened.plus(LIFETIME))) {
        close(stream);
      } else if (!now.isBefore(stream.lastSent.plus(HEARTBEAT))) {
        send(stream, HEARTBEAT_COMMENT);
      }
    }
  }

  private void sendStatus(Stream stream, CashierStatus status) {
    // Both are words of ours: no escaping.
    send(
        stream,
        "event: status\ndata: {\"state\":\""
            + status.state()
            + "\",\"version\":\""
            + status.version()
            + "\"}\n\n");
    stream.sentVersion = status.version();
  }

  private void send(Stream stream, String text) {
    try {
      stream.output.write(text);
      stream.lastSent = clock.instant();
    } catch (IOException e) {
      // The buyer has closed the page.
      close(stream);
    }
  }

  private void close(Stream stream) {
    streams.remove(stream);
    try {
      stream.output.close();
    } catch (IOException e) {
      log.debug("a cashier page was gone already", e);
    }
  }

  /** One open page. Written to by one thread at a time: first the request's, then the poller. */
  private static final class Stream {
    private final CheckoutId id;
    private final Instant opened;
    private final ChunkedOutput<String> output = new ChunkedOutput<>(String.class);
    private volatile Instant lastSent;
    private volatile String sentVersion = "";

    private Stream(CheckoutId id, Instant opened) {
      this.id = id;
      this.opened = opened;
      this.lastSent = opened;
    }
  }
}
