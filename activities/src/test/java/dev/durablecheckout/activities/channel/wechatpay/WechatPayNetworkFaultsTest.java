package dev.durablecheckout.activities.channel.wechatpay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.channel.wechatpay.WechatPayFixtures.AccountSettings;
import dev.durablecheckout.workflows.payment.TradeState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the network may do to a call, and when the second domain is asked. */
@Timeout(60) // Only so that a call without an end of its own ends.
class WechatPayNetworkFaultsTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  private final SigningGateway gateway = new SigningGateway();
  private final SigningGateway second = new SigningGateway();
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void close() {
    end.countDown();
    gateway.close();
    second.close();
  }

  private AccountSettings settings() {
    return WechatPayFixtures.account(gateway.url());
  }

  private static URI closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  @ParameterizedTest
  @EnumSource(NetworkCall.class)
  void silenceIsUnknownAndNotAskedElsewhere(NetworkCall call) {
    gateway.then((exchange, request) -> await(end));
    call.assertUnknown(
        settings().withReadTimeout(SHORT).withFallback(second.url()), "HttpTimeoutException");
    assertThat(gateway.requests()).hasSize(1);
    assertThat(second.requests()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(NetworkCall.class)
  void aBodyThatStallsIsUnknown(NetworkCall call) {
    gateway.then(
        (exchange, request) -> {
          exchange.sendResponseHeaders(200, 5000);
          exchange.getResponseBody().write("{\"".getBytes(UTF_8));
          exchange.getResponseBody().flush();
          await(end);
        });
    call.assertUnknown(settings().withReadTimeout(SHORT), "HttpTimeoutException");
  }

  @ParameterizedTest
  @EnumSource(NetworkCall.class)
  void aClosedPortIsUnknown(NetworkCall call) throws IOException {
    call.assertUnknown(WechatPayFixtures.account(closedPort()), "ConnectException");
  }

  /** A request that may have been heard: only what changes nothing may be asked again. */
  @ParameterizedTest
  @EnumSource(
      value = NetworkCall.class,
      names = {"PREPAY", "CLOSE"})
  void aPostWhoseConnectionDiesIsSentOnce(NetworkCall call) {
    gateway.then((exchange, request) -> exchange.close());
    call.assertUnknown(settings().withFallback(second.url()), "no answer: ");
    assertThat(gateway.requests()).hasSize(1);
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void aRefundWhoseConnectionDiesIsSentOnce() {
    gateway.thenError(404, "RESOURCE_NOT_EXISTS").then((exchange, request) -> exchange.close());
    NetworkCall.REFUND.assertUnknown(settings().withFallback(second.url()), "no answer: ");
    assertThat(gateway.requests())
        .extracting(SigningGateway.Request::method)
        .containsExactly("GET", "POST");
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void aQuestionWhoseConnectionDiesIsAskedAtTheSecondDomain() throws Exception {
    for (int i = 0; i < 10; i++) {
      gateway.then((exchange, request) -> exchange.close());
    }
    second.thenSigned(WechatPayFixtures.transaction("SUCCESS", ""));
    assertThat(
            WechatPayFixtures.channel(settings().withFallback(second.url()))
                .query(
                    WechatPayFixtures.payOrder(dev.durablecheckout.workflows.payment.PayMethod.QR))
                .state())
        .isEqualTo(TradeState.PAID);
  }

  @ParameterizedTest
  @EnumSource(value = NetworkCall.class, names = "LOGIN", mode = EnumSource.Mode.EXCLUDE)
  void whereNoConnectionIsMadeTheSecondDomainIsAsked(NetworkCall call) throws IOException {
    second.thenError(500, "SYSTEM_ERROR");
    call.assertUnknown(
        WechatPayFixtures.account(closedPort()).withFallback(second.url()), "500 SYSTEM_ERROR");
    assertThat(second.requests()).as("rightly signed, for the other host").hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(value = NetworkCall.class, names = "LOGIN", mode = EnumSource.Mode.EXCLUDE)
  void anAnswerOfTheFirstDomainIsNotDoubted(NetworkCall call) {
    gateway.thenError(503, "SERVICE_UNAVAILABLE");
    call.assertUnknown(settings().withFallback(second.url()), "503 SERVICE_UNAVAILABLE");
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void aGatewayOfOnesOwnHasNoSecondDomainUnlessItIsGivenOne() {
    assertThat(WechatPayGateway.of(settings().build()).fallback()).isNull();
    AccountSettings real = settings();
    real.gateway = null;
    assertThat(WechatPayGateway.of(real.build()).url())
        .isEqualTo(URI.create("https://api.mch.weixin.qq.com"));
    assertThat(WechatPayGateway.of(real.build()).fallback())
        .isEqualTo(URI.create("https://api2.wechatpay.cn"));
    assertThat(WechatPayGateway.loginUrl(real.build()))
        .isEqualTo(URI.create("https://api.weixin.qq.com"));
  }

  @Test
  void aPrefixOfTheGatewayIsNoPartOfWhatIsSigned() throws Exception {
    try (SigningGateway behind = new SigningGateway("/proxy")) {
      behind.thenSigned(WechatPayFixtures.transaction("SUCCESS", ""));
      NetworkCall.QUERY.on(WechatPayFixtures.channel(WechatPayFixtures.account(behind.url())));
      assertThat(behind.request(0).target())
          .isEqualTo(
              "/v3/pay/transactions/out-trade-no/"
                  + WechatPayFixtures.OUT_TRADE_NO
                  + "?mchid="
                  + WechatPayFixtures.MCH_ID);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
