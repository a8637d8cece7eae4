package dev.durablecheckout.activities.channel.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.Immutable;
import com.sun.net.httpserver.HttpExchange;
import dev.durablecheckout.activities.channel.alipay.TestKeys;
import dev.durablecheckout.activities.channel.wechatpay.SigningGateway.PlatformKey;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What no call of API v3 takes for an answer: the outcome is unknown, and nothing is asked twice.
 */
class WechatPayFailureMatrixTest {
  /** What a call could take for a yes. */
  private static final String YES = WechatPayFixtures.transaction("SUCCESS", "");

  private static final PlatformKey STRANGER =
      new PlatformKey(WechatPayFixtures.PUBLIC_KEY_ID, TestKeys.generate().getPrivate());
  private static final PlatformKey UNKNOWN_SERIAL =
      new PlatformKey("PUB_KEY_ID_9", WechatPayFixtures.PLATFORM.getPrivate());
  private static final PlatformKey UNKNOWN_CERTIFICATE =
      new PlatformKey("5DEA10EF", WechatPayFixtures.PLATFORM.getPrivate());

  @Immutable
  @FunctionalInterface
  private interface Send {
    void on(HttpExchange exchange) throws IOException;
  }

  /** Something in the place of an answer. */
  enum Failure {
    UNSIGNED("cannot be trusted", exchange -> SigningGateway.send(exchange, 200, YES)),
    UNSIGNED_204("cannot be trusted", exchange -> SigningGateway.send(exchange, 204, "")),
    TAMPERED("cannot be trusted", exchange -> signed(exchange, YES.replace("1234", "1"), YES)),
    SIGNED_WITHOUT_ITS_BODY("cannot be trusted", exchange -> signed(exchange, YES, "")),
    SIGNED_BY_A_STRANGER("cannot be trusted", exchange -> signed(exchange, YES, STRANGER)),
    UNDER_AN_UNKNOWN_PUBLIC_KEY(
        "cannot be trusted", exchange -> signed(exchange, YES, UNKNOWN_SERIAL)),
    UNDER_AN_UNKNOWN_CERTIFICATE(
        "cannot be trusted", exchange -> signed(exchange, YES, UNKNOWN_CERTIFICATE)),
    STALE("cannot be trusted", exchange -> at(exchange, Instant.now().minusSeconds(301))),
    FROM_THE_FUTURE("cannot be trusted", exchange -> at(exchange, Instant.now().plusSeconds(310))),
    WITHOUT_A_SERIAL("cannot be trusted", exchange -> without(exchange, "Wechatpay-Serial")),
    WITHOUT_A_NONCE("cannot be trusted", exchange -> without(exchange, "Wechatpay-Nonce")),
    WITHOUT_A_TIMESTAMP("cannot be trusted", exchange -> without(exchange, "Wechatpay-Timestamp")),
    WITHOUT_A_SIGNATURE("cannot be trusted", exchange -> without(exchange, "Wechatpay-Signature")),
    GARBAGE_FOR_A_SIGNATURE(
        "cannot be trusted",
        exchange -> {
          exchange.getResponseHeaders().set("Wechatpay-Signature", "***");
          SigningGateway.send(exchange, 200, YES);
        }),
    NOT_JSON("cannot be trusted", exchange -> signed(exchange, "busy", "busy")),
    JSON_ARRAY("cannot be trusted", exchange -> signed(exchange, "[" + YES + "]")),
    MEMBER_TWICE(
        "cannot be trusted",
        exchange -> signed(exchange, YES.replace("{\"mch", "{\"appid\":1,\"mch"))),
    TWO_OBJECTS("cannot be trusted", exchange -> signed(exchange, YES + YES)),
    TEXT_PLAIN(
        "cannot be trusted",
        exchange -> {
          exchange.getResponseHeaders().set("Wechatpay-Serial", "x");
          SigningGateway.send(exchange, 200, "text/plain", YES);
        }),
    ACCEPTED(
        "answered 202",
        exchange ->
            SigningGateway.sendSigned(
                exchange, 202, YES, YES, SigningGateway.PUBLIC_KEY, Instant.now())),
    REDIRECT(
        "HTTP status 302",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/v3/elsewhere");
          SigningGateway.send(exchange, 302, "");
        }),
    HTML_502(
        "HTTP status 502",
        exchange -> SigningGateway.send(exchange, 502, "text/html", "<html>502</html>")),
    HTML_AS_JSON_502(
        "cannot be trusted", exchange -> SigningGateway.send(exchange, 502, "<html>502</html>")),
    EMPTY_500("HTTP status 500", exchange -> SigningGateway.send(exchange, 500, "")),
    EMPTY_404("HTTP status 404", exchange -> SigningGateway.send(exchange, 404, "")),
    NULL_400("cannot be trusted", exchange -> SigningGateway.send(exchange, 400, "null")),
    ARRAY_400("cannot be trusted", exchange -> SigningGateway.send(exchange, 400, "[]")),
    OBJECT_WITHOUT_CODE_404(
        "HTTP status 404", exchange -> SigningGateway.send(exchange, 404, "{\"message\":\"x\"}")),
    CODE_IS_NO_TEXT_404(
        "HTTP status 404", exchange -> SigningGateway.send(exchange, 404, "{\"code\":404}")),
    CODE_TWICE_404(
        "HTTP status 404",
        exchange ->
            SigningGateway.send(
                exchange, 404, "{\"code\":\"SYSTEM_ERROR\",\"code\":\"ORDER_NOT_EXIST\"}"));

    private final String why;
    private final Send send;

    Failure(String why, Send send) {
      this.why = why;
      this.send = send;
    }

    private static void signed(HttpExchange exchange, String body) throws IOException {
      signed(exchange, body, body);
    }

    private static void signed(HttpExchange exchange, String body, String signedBody)
        throws IOException {
      SigningGateway.sendSigned(
          exchange, body, signedBody, SigningGateway.PUBLIC_KEY, Instant.now());
    }

    private static void signed(HttpExchange exchange, String body, PlatformKey key)
        throws IOException {
      SigningGateway.sendSigned(exchange, body, body, key, Instant.now());
    }

    private static void at(HttpExchange exchange, Instant time) throws IOException {
      SigningGateway.sendSigned(exchange, YES, YES, SigningGateway.PUBLIC_KEY, time);
    }

    private static void without(HttpExchange exchange, String header) throws IOException {
      String timestamp = Long.toString(Instant.now().getEpochSecond());
      exchange.getResponseHeaders().set("Wechatpay-Timestamp", timestamp);
      exchange.getResponseHeaders().set("Wechatpay-Nonce", "n");
      exchange.getResponseHeaders().set("Wechatpay-Serial", SigningGateway.PUBLIC_KEY.serial());
      exchange
          .getResponseHeaders()
          .set("Wechatpay-Signature", SigningGateway.PUBLIC_KEY.sign(timestamp, "n", YES));
      exchange.getResponseHeaders().remove(header);
      SigningGateway.send(exchange, 200, YES);
    }
  }

  static Stream<Arguments> everyFailureOfEveryCall() {
    return Arrays.stream(Failure.values())
        .flatMap(
            failure ->
                Stream.of(NetworkCall.values())
                    .filter(call -> call != NetworkCall.LOGIN)
                    .map(call -> Arguments.of(failure, call)));
  }

  @ParameterizedTest
  @MethodSource("everyFailureOfEveryCall")
  void isUnknown(Failure failure, NetworkCall call) {
    try (SigningGateway gateway = new SigningGateway()) {
      gateway.then((exchange, request) -> failure.send.on(exchange));
      call.assertUnknown(WechatPayFixtures.account(gateway.url()), failure.why);
      assertThat(gateway.requests()).hasSize(1);
    }
  }

  /** Codes that say nothing of what was asked, with the status they come with. */
  @ParameterizedTest
  @CsvSource({
    "401, SIGN_ERROR, looks like a wrong configuration",
    "401, ORDER_NOT_EXIST, looks like a wrong configuration",
    "429, FREQUENCY_LIMITED, too many calls",
    "429, RATELIMIT_EXCEEDED, too many calls",
    "429, ORDER_NOT_EXIST, too many calls",
    "500, SYSTEM_ERROR, promises nothing",
    "500, BANK_ERROR, promises nothing",
    "500, ORDER_NOT_EXIST, promises nothing",
    "500, PARAM_ERROR, promises nothing",
    "502, SERVICE_UNAVAILABLE, promises nothing",
    "503, SERVICE_UNAVAILABLE, promises nothing",
    "503, OPENID_MISMATCH, promises nothing",
    "403, NEW_IN_2030, looks like a wrong configuration",
    "404, NEW_IN_2030, promises nothing",
    "302, ORDER_NOT_EXIST, promises nothing"
  })
  void aCodeThatPromisesNothingIsUnknown(int status, String code, String why) {
    for (NetworkCall call : NetworkCall.values()) {
      if (call == NetworkCall.LOGIN) {
        continue;
      }
      try (SigningGateway gateway = new SigningGateway()) {
        gateway.thenError(status, code);
        call.assertUnknown(WechatPayFixtures.account(gateway.url()), why);
        assertThat(gateway.requests()).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(NetworkCall.class)
  void anEndlessAnswerIsUnknown(NetworkCall call) {
    try (SigningGateway gateway = new SigningGateway()) {
      gateway.then((exchange, request) -> SigningGateway.send(exchange, 200, "x".repeat(2 << 20)));
      call.assertUnknown(
          WechatPayFixtures.account(gateway.url()),
          call == NetworkCall.LOGIN ? "no answer of WeChat" : "a body of more than 1048576 bytes");
    }
  }
}
