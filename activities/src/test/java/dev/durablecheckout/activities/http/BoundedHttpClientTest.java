package dev.durablecheckout.activities.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.util.concurrent.Uninterruptibles;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What it does beside what the failure matrix of a channel shows: limits and texts. */
class BoundedHttpClientTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final BoundedHttpClient client = new BoundedHttpClient(TIMEOUT);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private HttpAnswer post(HttpHandler handler, int limit) throws IOException {
    server.createContext("/", handler);
    return client.post(url(), Map.of("x-a", "1"), "茶", TIMEOUT, limit);
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private static HttpHandler answer(String contentType, byte[] body) {
    return exchange -> {
      try (exchange) {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    };
  }

  @Test
  void sendsHeadersAndBodyAndReadsTheAnswer() throws IOException {
    HttpAnswer answer =
        post(
            exchange -> {
              try (exchange) {
                String said =
                    exchange.getRequestMethod()
                        + exchange.getRequestHeaders().getFirst("x-a")
                        + new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                exchange.getResponseHeaders().set("Trace_Id", "t1");
                exchange.sendResponseHeaders(201, 0);
                exchange.getResponseBody().write(said.getBytes(UTF_8));
              }
            },
            100);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("POST1茶");
    assertThat(answer.truncated()).isFalse();
    assertThat(answer.headers()).containsEntry("trace_id", "t1");
  }

  @ParameterizedTest
  @CsvSource({
    "text/html;charset=GBK, GBK",
    "text/html; Charset=\"utf-8\", UTF-8",
    "text/html, UTF-8"
  })
  void readsTheCharsetOfTheAnswer(String contentType, String charset) throws IOException {
    assertThat(post(answer(contentType, "茶".getBytes(Charset.forName(charset))), 100).body())
        .isEqualTo("茶");
  }

  @Test
  void anUnknownCharsetIsNoAnswer() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> post(answer("text/html;charset=klingon", new byte[] {1}), 100))
        .withMessageContaining("charset");
  }

  @Test
  void aBodyIsCutAtTheLimit() throws IOException {
    HttpHandler tenBytes = answer("text/plain", "0123456789".getBytes(UTF_8));
    HttpAnswer fits = post(tenBytes, 10);
    assertThat(fits.body()).isEqualTo("0123456789");
    assertThat(fits.truncated()).isFalse();
    HttpAnswer cut = client.post(url(), Map.of(), "", TIMEOUT, 9);
    assertThat(cut.body()).isEqualTo("012345678");
    assertThat(cut.truncated()).isTrue();
  }

  @Test
  void aBodyWithoutEndIsLeft() throws IOException {
    HttpAnswer answer =
        post(
            exchange -> {
              try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                byte[] block = new byte[8192];
                while (true) {
                  exchange.getResponseBody().write(block);
                }
              }
            },
            1000);
    assertThat(answer.truncated()).isTrue();
    assertThat(answer.body()).hasSize(1000);
  }

  @Test
  void anInterruptedCallEndsAndTheThreadStaysInterrupted() {
    server.createContext("/", exchange -> {});
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedIOException.class)
        .isThrownBy(() -> client.post(url(), Map.of(), "", TIMEOUT, 10));
    assertThat(Thread.interrupted()).isTrue();
  }

  private static final DownloadLimits PATIENT = new DownloadLimits(TIMEOUT, TIMEOUT, 1 << 20);

  private byte[] download(HttpHandler handler, DownloadLimits limits) throws IOException {
    server.createContext("/", handler);
    return client.download(url(), Map.of(), limits, (status, body) -> body.readAllBytes());
  }

  @Test
  void aDownloadIsReadWhileItComesIn() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('a');
            exchange.getResponseBody().flush();
            // The rest only once the reader has had the beginning.
            assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();
            exchange.getResponseBody().write('b');
          } catch (InterruptedException e) {
            throw new InterruptedIOException();
          }
        });

    String read =
        client.download(
            url(),
            Map.of(),
            PATIENT,
            (status, body) -> {
              int first = body.read();
              seen.countDown();
              return "%d %c%c%d".formatted(status, first, body.read(), body.read());
            });

    assertThat(read).isEqualTo("200 ab-1");
  }

  @Test
  void whatAReaderDoesNotTakeIsNotHeld() throws Exception {
    AtomicLong sent = new AtomicLong();
    CountDownLatch gone = new CountDownLatch(1);
    server.createContext(
        "/",
        exchange -> {
          byte[] piece = new byte[1 << 16];
          try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
              exchange.getResponseBody().write(piece);
              sent.addAndGet(piece.length);
            }
          } finally {
            gone.countDown();
          }
        });

    int first =
        client.download(
            url(),
            Map.of(),
            PATIENT,
            (status, body) -> {
              int one = body.read();
              // Buffers of the system are filled by now, and no more.
              Uninterruptibles.sleepUninterruptibly(Duration.ofSeconds(1));
              return one;
            });

    assertThat(first).isZero();
    assertThat(gone.await(20, TimeUnit.SECONDS)).as("the connection is closed").isTrue();
    assertThat(sent.get()).isLessThan(64 << 20);
  }

  @Test
  void aDownloadThatStallsEnds() {
    DownloadLimits limits = new DownloadLimits(Duration.ofMillis(200), TIMEOUT, 1 << 20);
    assertThatExceptionOfType(HttpTimeoutException.class)
        .isThrownBy(
            () ->
                download(
                    exchange -> {
                      exchange.sendResponseHeaders(200, 0);
                      exchange.getResponseBody().write(1);
                      exchange.getResponseBody().flush();
                    },
                    limits));
  }

  @Test
  void aDownloadThatTricklesEnds() {
    DownloadLimits limits = new DownloadLimits(TIMEOUT, Duration.ofMillis(300), 1 << 20);
    assertThatExceptionOfType(HttpTimeoutException.class)
        .isThrownBy(
            () ->
                download(
                    exchange -> {
                      exchange.sendResponseHeaders(200, 0);
                      for (int i = 0; i < 1000; i++) {
                        exchange.getResponseBody().write(1);
                        exchange.getResponseBody().flush();
                        Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(20));
                      }
                    },
                    limits));
  }

  @Test
  void aDownloadThatBreaksOffIsNotTheEndOfTheFile() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                download(
                    exchange -> {
                      exchange.sendResponseHeaders(200, 100);
                      exchange.getResponseBody().write(1);
                      exchange.getResponseBody().flush();
                      exchange.close();
                    },
                    PATIENT));
  }

  @Test
  void aDownloadOfMoreThanIsAllowedEnds() {
    DownloadLimits limits = new DownloadLimits(TIMEOUT, TIMEOUT, 999);
    assertThatExceptionOfType(TooLargeException.class)
        .isThrownBy(() -> download(answer("a/b", new byte[1000]), limits));
  }
}
