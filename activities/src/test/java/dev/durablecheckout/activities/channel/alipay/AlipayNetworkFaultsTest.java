package dev.durablecheckout.activities.channel.alipay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the network may do to a call: the outcome is unknown, and nothing is sent twice. */
@Timeout(30) // Only so that a call without an end of its own ends.
class AlipayNetworkFaultsTest {
  @ParameterizedTest
  @EnumSource(NetworkCall.class)
  void silenceIsUnknown(NetworkCall call) {
    CountDownLatch end = new CountDownLatch(1);
    try (ScriptedGateway gateway = new ScriptedGateway()) {
      gateway.then((exchange, request) -> await(end));
      call.assertUnknown(gateway.url(), Duration.ofMillis(200), "HttpTimeoutException");
      assertThat(gateway.requests()).hasSize(1);
      end.countDown();
    }
  }

  @ParameterizedTest
  @EnumSource(NetworkCall.class)
  void aBodyThatStallsIsUnknown(NetworkCall call) {
    CountDownLatch end = new CountDownLatch(1);
    try (ScriptedGateway gateway = new ScriptedGateway()) {
      gateway.then(
          (exchange, request) -> {
            exchange.sendResponseHeaders(200, 5000);
            exchange.getResponseBody().write("{\"".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            await(end);
          });
      call.assertUnknown(gateway.url(), Duration.ofMillis(200), "HttpTimeoutException");
      end.countDown();
    }
  }

  @ParameterizedTest
  @EnumSource(NetworkCall.class)
  void aClosedPortIsUnknown(NetworkCall call) throws Exception {
    URI url;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      url = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/gateway.do");
    }
    call.assertUnknown(url, AlipayFixtures.TIMEOUT, "ConnectException");
  }

  @ParameterizedTest
  @EnumSource(NetworkCall.class)
  void aRequestThatIsResetIsNotSentAgainByItself(NetworkCall call) throws Exception {
    try (RawServer server = new RawServer(RawServer::readRequest)) {
      call.assertUnknown(server.url(), AlipayFixtures.TIMEOUT, "no answer: ");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  /** A kept connection that dies under a request is where clients like to send again. */
  @ParameterizedTest
  @EnumSource(NetworkCall.class)
  void aRequestOnAKeptConnectionIsNotSentAgainByItself(NetworkCall call) throws Exception {
    try (RawServer server = new RawServer(AlipayNetworkFaultsTest::answerOnce)) {
      AlipayChannel channel = AlipayFixtures.channel(server.url(), AlipayFixtures.TIMEOUT);
      call.assertUnknown(channel, "cannot be trusted");
      call.assertUnknown(channel, "no answer: ");
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  private static void answerOnce(RawServer server, Socket socket) throws IOException {
    server.readRequest(socket);
    socket
        .getOutputStream()
        .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(UTF_8));
    server.readRequest(socket);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
