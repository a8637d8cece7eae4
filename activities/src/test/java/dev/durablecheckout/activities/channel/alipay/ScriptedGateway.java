package dev.durablecheckout.activities.channel.alipay;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP server in the place of Alipay's gateway that gives prepared answers, one per request. It
 * takes no request that is not rightly signed.
 */
final class ScriptedGateway implements AutoCloseable {
  /** One prepared answer. */
  interface Script {
    void answer(HttpExchange exchange, Request request) throws IOException;
  }

  /** A request: all parameters of query and body. */
  record Request(Map<String, String> parameters, String rawQuery) {
    String method() {
      return requireNonNull(parameters.get("method"));
    }

    String root() {
      return method().replace('.', '_') + "_response";
    }

    JsonNode bizContent() {
      return json(requireNonNull(parameters.get("biz_content")));
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final PublicKey appKey;
  private final PrivateKey alipayKey;
  private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

  ScriptedGateway() {
    this(TestKeys.APP.getPublic(), TestKeys.ALIPAY.getPrivate());
  }

  ScriptedGateway(PublicKey appKey, PrivateKey alipayKey) {
    this.appKey = appKey;
    this.alipayKey = alipayKey;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/gateway.do");
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  ScriptedGateway then(Script script) {
    scripts.add(script);
    return this;
  }

  /** Answers with this object, rightly signed. */
  ScriptedGateway thenSigned(String content) {
    return then((exchange, request) -> send(exchange, 200, envelope(request.root(), content)));
  }

  /** Answers a failure as the real gateway does: without a signature. */
  ScriptedGateway thenFailure(String code, String subCode) {
    return thenBody(request -> "{\"" + request.root() + "\":" + failure(code, subCode) + "}");
  }

  ScriptedGateway thenBody(java.util.function.Function<Request, String> body) {
    return then((exchange, request) -> send(exchange, 200, body.apply(request)));
  }

  static String failure(String code, String subCode) {
    return "{\"code\":\"%s\",\"msg\":\"no\",\"sub_code\":\"%s\",\"sub_msg\":\"原因\"}"
        .formatted(code, subCode);
  }

  String envelope(String root, String content) {
    return "{\"" + root + "\":" + content + ",\"sign\":\"" + sign(content) + "\"}";
  }

  String sign(String content) {
    return TestKeys.sign(content, StandardCharsets.UTF_8, alipayKey);
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  static Map<String, String> parameters(String form) {
    Map<String, String> parameters = new TreeMap<>();
    for (String pair : form.split("&", -1)) {
      int separator = pair.indexOf('=');
      parameters.put(
          URLDecoder.decode(pair.substring(0, separator), StandardCharsets.UTF_8),
          URLDecoder.decode(pair.substring(separator + 1), StandardCharsets.UTF_8));
    }
    return parameters;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    Map<String, String> parameters = parameters(query);
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    parameters.putAll(parameters(body));
    Request request = new Request(parameters, query);
    requests.add(request);
    try (exchange) {
      Script script = scripts.poll();
      if (!TestKeys.isSignedRequest(parameters, appKey)) {
        send(exchange, 200, "{\"" + request.root() + "\":{\"code\":\"40002\",\"msg\":\"sign\"}}");
      } else if (script == null) {
        send(exchange, 500, "no answer was prepared for " + request.method());
      } else {
        script.answer(exchange, request);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
