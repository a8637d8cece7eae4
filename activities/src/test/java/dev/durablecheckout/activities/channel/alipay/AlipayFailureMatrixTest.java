package dev.durablecheckout.activities.channel.alipay;

import static dev.durablecheckout.activities.channel.alipay.AlipayFixtures.trade;
import static dev.durablecheckout.activities.channel.alipay.ScriptedGateway.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.errorprone.annotations.Immutable;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.Payer;
import java.security.Security;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** What the gateway may answer wrongly, and that none of it is ever taken for a yes or a no. */
class AlipayFailureMatrixTest {
  /** Would be a yes to each of the calls, were it rightly signed. */
  private static final String YES =
      trade(
          "TRADE_SUCCESS",
          ",\"send_pay_date\":\"2026-03-01 18:05:06\",\"qr_code\":\"https://qr.alipay.com/1\","
              + "\"fund_change\":\"Y\"");

  private static final String NO = failure("40004", "ACQ.TRADE_NOT_EXIST");

  /** The body of an answer to the method with this root. */
  @Immutable
  @FunctionalInterface
  private interface Body {
    String of(ScriptedGateway gateway, String root);
  }

  /** A way for the gateway to go wrong. */
  private enum Fault {
    TAMPERED(
        "cannot be trusted",
        (gateway, root) -> gateway.envelope(root, YES).replace("12.34", "92.34")),
    UNSIGNED("cannot be trusted", (gateway, root) -> "{\"" + root + "\":" + YES + "}"),
    EMPTY_SIGN(
        "cannot be trusted", (gateway, root) -> "{\"" + root + "\":" + YES + ",\"sign\":\"\"}"),
    SHORT_SIGN(
        "cannot be trusted",
        (gateway, root) -> "{\"" + root + "\":" + YES + ",\"sign\":\"c2hvcnQ=\"}"),
    SIGN_THAT_IS_NOT_BASE64(
        "cannot be trusted", (gateway, root) -> "{\"" + root + "\":" + YES + ",\"sign\":\"***\"}"),
    SUCCESS_WITH_SUB_CODE_WHICH_THE_SDK_DOES_NOT_VERIFY(
        "promises nothing",
        (gateway, root) ->
            "{\"" + root + "\":" + YES.replace("{", "{\"sub_code\":\"ACQ.OK\",") + "}"),
    FORGED_OBJECT_BEFORE_THE_SIGNED_ONE(
        "cannot be trusted",
        (gateway, root) -> gateway.envelope(root, YES).replaceFirst("\\{", "{\"a\":" + YES + ",")),
    SIGNED_OBJECT_TWICE(
        "cannot be trusted",
        (gateway, root) -> {
          String signed = "\"" + root + "\":" + YES;
          return "{" + signed + "," + signed + ",\"sign\":\"" + gateway.sign(YES) + "\"}";
        }),
    /** The SDK checks no signature if the first object it meets is a failure. */
    UNSIGNED_AMONG_FAILURES(
        "cannot be trusted",
        (gateway, root) ->
            IntStream.range(0, 50)
                .mapToObj(i -> ",\"" + "decoy".repeat(i) + "\":" + NO)
                .collect(Collectors.joining("", "{\"" + root + "\":" + YES, "}"))),
    /** The SDK looks for the signed object by its plain name, and takes the last one's values. */
    FORGED_OBJECT_UNDER_THE_SAME_NAME_ESCAPED(
        "cannot be trusted",
        (gateway, root) ->
            gateway
                .envelope(root, YES.replace("12.34", "0.01"))
                .replace(
                    ",\"sign\"",
                    ",\"" + root.replaceFirst("_", "\\\\u005f") + "\":" + YES + ",\"sign\"")),
    ANSWER_TO_ANOTHER_METHOD(
        "cannot be trusted",
        (gateway, root) -> gateway.envelope("alipay_trade_cancel_response", NO)),
    NO_SIGNED_AND_TAMPERED(
        "cannot be trusted",
        (gateway, root) -> {
          String other = failure("40004", "ACQ.SYSTEM_ERROR");
          return "{\"" + root + "\":" + NO + ",\"sign\":\"" + gateway.sign(other) + "\"}";
        }),
    ERROR_RESPONSE_UNSIGNED(
        "looks like a wrong configuration",
        (gateway, root) -> "{\"error_response\":" + failure("40002", "isv.invalid-app-id") + "}"),
    ERROR_RESPONSE_WITH_A_NO(
        "promises nothing", (gateway, root) -> "{\"error_response\":" + NO + "}"),
    ERROR_RESPONSE_WITH_BAD_SIGN(
        "cannot be trusted",
        (gateway, root) -> "{\"error_response\":" + NO + ",\"sign\":\"c2hvcnQ=\"}"),
    EMPTY_BODY("cannot be trusted", (gateway, root) -> ""),
    HTML("cannot be trusted", (gateway, root) -> "<html><body>busy</body></html>"),
    EMPTY_OBJECT("cannot be trusted", (gateway, root) -> "{}"),
    NULL_ROOT("cannot be trusted", (gateway, root) -> "{\"" + root + "\":null}"),
    CODE_20000(
        "answered 20000 isp.unknow-error",
        (gateway, root) -> gateway.envelope(root, failure("20000", "isp.unknow-error"))),
    CODE_20000_WITHOUT_SUB_CODE(
        "answered 20000", (gateway, root) -> gateway.envelope(root, YES.replace("10000", "20000"))),
    CODE_10003(
        "answered 10003", (gateway, root) -> gateway.envelope(root, YES.replace("10000", "10003"))),
    NO_CODE(
        "promises nothing",
        (gateway, root) -> gateway.envelope(root, YES.replace("\"code\":\"10000\",", ""))),
    SYSTEM_ERROR(
        "ACQ.SYSTEM_ERROR",
        (gateway, root) -> "{\"" + root + "\":" + failure("40004", "ACQ.SYSTEM_ERROR") + "}"),
    UNKNOWN_SUB_CODE(
        "ACQ.NEW_IN_2030",
        (gateway, root) -> "{\"" + root + "\":" + failure("40004", "ACQ.NEW_IN_2030") + "}"),
    SUB_CODE_WITH_ANOTHER_CODE(
        "answered 40009",
        (gateway, root) -> "{\"" + root + "\":" + failure("40009", "ACQ.TRADE_NOT_EXIST") + "}"),
    RATE_LIMIT(
        "too many calls",
        (gateway, root) -> "{\"" + root + "\":" + failure("40005", "isv.app-call-limited") + "}"),
    TOKEN(
        "looks like a wrong configuration",
        (gateway, root) -> "{\"" + root + "\":" + failure("20001", "aop.invalid-auth-token") + "}"),
    MISSING_ARGUMENT(
        "looks like a wrong configuration",
        (gateway, root) -> "{\"" + root + "\":" + failure("40001", "isv.missing-signature") + "}"),
    BAD_SIGNATURE(
        "looks like a wrong configuration",
        (gateway, root) -> "{\"" + root + "\":" + failure("40002", "isv.invalid-signature") + "}"),
    PERMISSIONS(
        "looks like a wrong configuration",
        (gateway, root) ->
            "{\"" + root + "\":" + failure("40006", "isv.insufficient-isv-permissions") + "}"),
    OVERSIZED(
        "more than 1048576 bytes",
        (gateway, root) -> gateway.envelope(root, YES.replace("Success", "x".repeat(1 << 20))));

    private final String why;
    private final Body body;

    Fault(String why, Body body) {
      this.why = why;
      this.body = body;
    }

    String body(ScriptedGateway gateway, String root) {
      return body.of(gateway, root);
    }
  }

  static Stream<Arguments> faults() {
    return Arrays.stream(Fault.values())
        .flatMap(
            fault ->
                Arrays.stream(NetworkCall.values()).map(call -> Arguments.arguments(fault, call)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isNeitherYesNorNo(Fault fault, NetworkCall call) {
    try (ScriptedGateway gateway = new ScriptedGateway()) {
      gateway.thenBody(request -> fault.body(gateway, request.root()));
      call.assertUnknown(gateway.url(), AlipayFixtures.TIMEOUT, fault.why);
      assertThat(gateway.requests()).hasSize(1);
    }
  }

  /** A till looks each of them up; where that finds nothing, nothing is known. */
  @ParameterizedTest
  @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "CODE_10003")
  void isNeitherYesNorNoAtATill(Fault fault) {
    try (ScriptedGateway gateway = new ScriptedGateway()) {
      gateway
          .thenBody(request -> fault.body(gateway, request.root()))
          .thenBody(request -> "{\"" + request.root() + "\":" + NO + "}");
      AlipayChannel channel = AlipayFixtures.channel(gateway.url(), AlipayFixtures.TIMEOUT);
      PayOrder order =
          AlipayFixtures.payOrder(PayMethod.BARCODE).by(Payer.ofAuthCode("286753149281234567"));
      assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
          .isThrownBy(() -> channel.prepay(order))
          .withMessageContaining(fault.why)
          .withMessageContaining(AlipayFixtures.OUT_TRADE_NO.value())
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("286753149281234567"));
      assertThat(gateway.requests()).hasSize(2);
    }
  }

  /** The rows above prove something only if the same body, rightly signed, is a yes. */
  @Test
  void theSameAnswerRightlySignedIsAYes() throws Exception {
    try (ScriptedGateway gateway = new ScriptedGateway()) {
      for (NetworkCall call : NetworkCall.values()) {
        gateway.thenSigned(YES);
        assertThat(call.on(AlipayFixtures.channel(gateway.url(), AlipayFixtures.TIMEOUT)))
            .isNotNull();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void anyHttpStatusButSuccessIsUnknown(int status, NetworkCall call) {
    try (ScriptedGateway gateway = new ScriptedGateway()) {
      gateway.then(
          (exchange, request) -> {
            exchange.getResponseHeaders().set("Location", gateway.url() + "?again");
            ScriptedGateway.send(exchange, status, gateway.envelope(request.root(), YES));
          });
      call.assertUnknown(gateway.url(), AlipayFixtures.TIMEOUT, "HTTP status " + status);
      assertThat(gateway.requests()).hasSize(1);
    }
  }

  static Stream<Arguments> statuses() {
    return Stream.of(302, 307, 403, 500, 502)
        .flatMap(
            status ->
                Arrays.stream(NetworkCall.values()).map(call -> Arguments.arguments(status, call)));
  }

  @Test
  void nothingOfASignedRequestIsLogged() {
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger("sdk");
    Level before = root.getLevel();
    root.setLevel(Level.TRACE);
    root.addAppender(appender);
    appender.start();
    try (ScriptedGateway gateway = new ScriptedGateway()) {
      gateway
          .thenBody(request -> Fault.TAMPERED.body(gateway, request.root()))
          .thenFailure("40002", "isv.invalid-signature")
          .thenSigned(YES);
      NetworkCall.QUERY.assertUnknown(gateway.url(), AlipayFixtures.TIMEOUT, "cannot be trusted");
      NetworkCall.QUERY.assertUnknown(gateway.url(), AlipayFixtures.TIMEOUT, "40002");
      assertThat(appender.list).isEmpty();
    } finally {
      root.detachAppender(appender);
      root.setLevel(before);
    }
  }

  /** The SDK clears it for the whole JVM. */
  @Test
  void weakCertificatesStayForbiddenInThisJvm() {
    try (ScriptedGateway gateway = new ScriptedGateway()) {
      assertThat(AlipayFixtures.channel(gateway.url(), AlipayFixtures.TIMEOUT)).isNotNull();
    }
    assertThat(Security.getProperty("jdk.certpath.disabledAlgorithms")).contains("MD2");
  }
}
