package dev.durablecheckout.activities.channel.wechatpay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.durablecheckout.activities.channel.alipay.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP server in the place of WeChat Pay's gateway that gives prepared answers, one per request.
 * It takes no call of API v3 that is not rightly signed.
 */
final class SigningGateway implements AutoCloseable {
  /** One prepared answer. */
  interface Script {
    void answer(HttpExchange exchange, Request request) throws IOException;
  }

  /** A request; header names in lower case. */
  record Request(String method, String target, Map<String, String> headers, String body) {
    JsonNode json() {
      return SigningGateway.json(body);
    }
  }

  /** A key of the platform, under the number that messages name it by. */
  record PlatformKey(String serial, PrivateKey key) {
    String sign(String timestamp, String nonce, String body) {
      return TestKeys.sign(timestamp + "\n" + nonce + "\n" + body + "\n", UTF_8, key);
    }
  }

  static final PlatformKey PUBLIC_KEY =
      new PlatformKey(WechatPayFixtures.PUBLIC_KEY_ID, WechatPayFixtures.PLATFORM.getPrivate());

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "WECHATPAY2-SHA256-RSA2048 mchid=\"([^\"]+)\",nonce_str=\"([0-9A-Za-z]{32})\","
              + "timestamp=\"([0-9]+)\",serial_no=\"([0-9A-F]+)\",signature=\"([^\"]+)\"");

  private final HttpServer server;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final String prefix;
  private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

  SigningGateway() {
    this("");
  }

  /**
   * @param prefix of all paths, which is no part of what is signed
   */
  SigningGateway(String prefix) {
    this.prefix = prefix;
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
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + prefix);
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  Request request(int index) {
    return requests.get(index);
  }

  SigningGateway then(Script script) {
    scripts.add(script);
    return this;
  }

  /** Answers 200 with this body, or 204 without one, rightly signed. */
  SigningGateway thenSigned(String body) {
    return thenSigned(body, PUBLIC_KEY);
  }

  SigningGateway thenSigned(String body, PlatformKey key) {
    return then((exchange, request) -> sendSigned(exchange, body, body, key, Instant.now()));
  }

  /** Answers an error as the real gateway does: without a signature. */
  SigningGateway thenError(int status, String code) {
    return then(
        (exchange, request) ->
            send(
                exchange,
                status,
                "{\"code\":\"%s\",\"message\":\"原因\",\"detail\":{\"field\":\"x\"}}"
                    .formatted(code)));
  }

  static void sendSigned(
      HttpExchange exchange, String body, String signedBody, PlatformKey key, Instant at)
      throws IOException {
    sendSigned(exchange, body.isEmpty() ? 204 : 200, body, signedBody, key, at);
  }

  static void sendSigned(
      HttpExchange exchange,
      int status,
      String body,
      String signedBody,
      PlatformKey key,
      Instant at)
      throws IOException {
    String timestamp = Long.toString(at.getEpochSecond());
    exchange.getResponseHeaders().set("Wechatpay-Timestamp", timestamp);
    exchange.getResponseHeaders().set("Wechatpay-Nonce", "d824f2e086d3c1df967785d13fcd22ef");
    exchange.getResponseHeaders().set("Wechatpay-Serial", key.serial());
    exchange
        .getResponseHeaders()
        .set(
            "Wechatpay-Signature",
            key.sign(timestamp, "d824f2e086d3c1df967785d13fcd22ef", signedBody));
    send(exchange, status, body);
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    send(exchange, status, "application/json; charset=utf-8", body);
  }

  static void send(HttpExchange exchange, int status, String contentType, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    if (bytes.length > 0) {
      exchange.getResponseHeaders().set("Content-Type", contentType);
    }
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

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    String target = exchange.getRequestURI().toString().substring(prefix.length());
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    Request request = new Request(exchange.getRequestMethod(), target, headers, body);
    requests.add(request);
    try (exchange) {
      Script script = scripts.poll();
      if (target.startsWith("/v3/") && !isSigned(request, WechatPayFixtures.MERCHANT.getPublic())) {
        send(exchange, 401, "{\"code\":\"SIGN_ERROR\",\"message\":\"签名信息错误，验签失败\"}");
      } else if (script == null) {
        send(exchange, 500, "{\"code\":\"NO_SCRIPT\"}");
      } else {
        script.answer(exchange, request);
      }
    }
  }

  /** Whether a call is signed as API v3 wants it, now, by the merchant's key. */
  private static boolean isSigned(Request request, PublicKey merchantKey) {
    Matcher token = AUTHORIZATION.matcher(request.headers().getOrDefault("authorization", ""));
    if (!token.matches()
        || !token.group(1).equals(WechatPayFixtures.MCH_ID)
        || !token.group(4).equals(WechatPayFixtures.MERCHANT_SERIAL)
        || Math.abs(Instant.now().getEpochSecond() - Long.parseLong(token.group(3))) > 60) {
      return false;
    }
    return isSigned(
        merchantKey,
        signedText(
            request.method(), request.target(), token.group(3), token.group(2), request.body()),
        token.group(5));
  }

  static String signedText(
      String method, String target, String timestamp, String nonce, String body) {
    return String.join("\n", method, target, timestamp, nonce, body) + "\n";
  }

  static boolean isSigned(PublicKey key, String text, String signature) {
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(key);
      verifier.update(text.getBytes(UTF_8));
      return verifier.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
