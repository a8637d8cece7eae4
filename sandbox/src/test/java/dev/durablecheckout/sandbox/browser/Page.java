package dev.durablecheckout.sandbox.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A tab: opens addresses, reads what stands there, takes pictures, keeps what went wrong in it. */
final class Page implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> requested = new CopyOnWriteArrayList<>();
  private final WebSocket socket;

  Page(HttpClient http, URI devtools) {
    socket = http.newWebSocketBuilder().buildAsync(devtools, new Messages()).join();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  void size(int width, int height, double scale) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", width, "height", height, "deviceScaleFactor", scale, "mobile", width < 600));
  }

  /** What the browser says it speaks. */
  void language(String acceptLanguage) {
    call(
        "Network.setExtraHTTPHeaders",
        Map.of("headers", Map.of("Accept-Language", acceptLanguage)));
  }

  /** What the browser says it is: pages inside WeChat and Alipay go by that. */
  void userAgent(String userAgent) {
    call("Emulation.setUserAgentOverride", Map.of("userAgent", userAgent));
  }

  /** Runs before the scripts of each page that is opened from now on, as an app's own would. */
  void beforeEachPage(String script) {
    call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
  }

  /** Requests to matching addresses fail from now on, as behind a proxy that cuts them. */
  void block(String pattern) {
    call("Network.setBlockedURLs", Map.of("urls", List.of(pattern)));
  }

  void open(URI address) {
    call("Page.navigate", Map.of("url", address.toString()));
  }

  /** The value of a script's expression, as text. */
  String evaluate(String expression) {
    return call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true))
        .at("/result/value")
        .asText();
  }

  /** Clicks the link or button that reads so. */
  void click(String label) {
    String clicked =
        evaluate(
            "(() => { const all = [...document.querySelectorAll('a, button, [role=tab]')];"
                + " const it = all.find(each => each.innerText.trim().startsWith('"
                + label
                + "')); if (it) it.click(); return it ? 'yes' : 'no'; })()");
    assertThat(clicked).as("there is a link " + label).isEqualTo("yes");
  }

  /** What a person reads on it, its frames included. */
  String text() {
    return evaluate(
        "[document, ...[...document.querySelectorAll('iframe')].map(frame => frame.contentDocument)]"
            + ".map(each => each && each.body ? each.body.innerText : '').join('\\n')");
  }

  /** Waits until a script's expression has a value that is not empty, and returns it. */
  String awaitValue(String expression) throws InterruptedException {
    Instant until = Instant.now().plus(PATIENCE);
    String value = evaluate(expression);
    while (value.isEmpty()) {
      assertThat(Instant.now())
          .as(
              "waited in vain for %s; it complains of %s and reads:%n%s",
              expression, complaints, text())
          .isBefore(until);
      Thread.sleep(100);
      value = evaluate(expression);
    }
    return value;
  }

  /** Waits until the page has loaded, its script included, and the text is as wanted. */
  void await(String what, Predicate<String> wanted) throws InterruptedException {
    Instant until = Instant.now().plus(PATIENCE);
    String text = text();
    while (!wanted.test(text) || !evaluate("document.readyState").equals("complete")) {
      assertThat(Instant.now())
          .as("waited in vain for %s; it complains of %s and reads:%n%s", what, complaints, text)
          .isBefore(until);
      Thread.sleep(100);
      text = text();
    }
  }

  /** A PNG of what can be seen without scrolling. */
  byte[] screenshot() {
    return Base64.getDecoder()
        .decode(call("Page.captureScreenshot", Map.of("format", "png")).get("data").asText());
  }

  /**
   * Keeps a picture for a person to look at, under target/screenshots; in docs/images too if asked
   * for with -Dscreenshots.update=true.
   */
  void keep(String name) throws IOException {
    byte[] png = screenshot();
    Path project = Path.of(System.getProperty("project.root"));
    Path directory = Files.createDirectories(project.resolve("sandbox/target/screenshots"));
    Files.write(directory.resolve(name), png);
    if (Boolean.getBoolean("screenshots.update")) {
      Files.write(project.resolve("docs/images").resolve(name), png);
    }
  }

  /** Errors on its console: failed scripts, and what the content security policy kept out. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** The address of every request that it has made. */
  List<String> requested() {
    return List.copyOf(requested);
  }

  private JsonNode call(String method, Map<String, ?> parameters) {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    pending.put(id, answer);
    try {
      String message =
          JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
      socket.sendText(message, true).join();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    JsonNode message = answer.orTimeout(30, TimeUnit.SECONDS).join();
    assertThat(message.has("error")).as(method + ": " + message).isFalse();
    return message.path("result");
  }

  /** Closes the tab: one that stays open keeps a connection, and a browser has six for a host. */
  @Override
  public void close() {
    call("Page.close", Map.of());
    socket.abort();
  }

  private final class Messages implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        take(partial.toString());
        partial.setLength(0);
      }
      webSocket.request(1);
      return CompletableFuture.completedStage(null);
    }

    private void take(String text) {
      JsonNode message;
      try {
        message = JSON.readTree(text);
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
      if (message.has("id")) {
        CompletableFuture<JsonNode> answer = pending.remove(message.get("id").asInt());
        if (answer != null) {
          answer.complete(message);
        }
        return;
      }
      switch (message.path("method").asText()) {
        case "Network.requestWillBeSent" ->
            requested.add(message.at("/params/request/url").asText());
        case "Runtime.exceptionThrown" ->
            complaints.add(message.at("/params/exceptionDetails").toString());
        case "Log.entryAdded" -> {
          if (message.at("/params/entry/level").asText().equals("error")) {
            complaints.add(message.at("/params/entry/text").asText());
          }
        }
        default -> {}
      }
    }
  }
}
