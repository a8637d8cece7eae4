package dev.durablecheckout.sandbox.gateway.alipay;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.api.AlipayApiException;
import com.alipay.api.AlipayClient;
import com.alipay.api.AlipayConfig;
import com.alipay.api.AlipayRequest;
import com.alipay.api.AlipayResponse;
import com.alipay.api.DefaultAlipayClient;
import com.alipay.api.domain.AlipayTradeAppPayModel;
import com.alipay.api.domain.AlipayTradeCancelModel;
import com.alipay.api.domain.AlipayTradeCloseModel;
import com.alipay.api.domain.AlipayTradeFastpayRefundQueryModel;
import com.alipay.api.domain.AlipayTradePagePayModel;
import com.alipay.api.domain.AlipayTradePayModel;
import com.alipay.api.domain.AlipayTradePrecreateModel;
import com.alipay.api.domain.AlipayTradeQueryModel;
import com.alipay.api.domain.AlipayTradeRefundModel;
import com.alipay.api.domain.AlipayTradeWapPayModel;
import com.alipay.api.internal.util.AlipayLogger;
import com.alipay.api.internal.util.AlipaySignature;
import com.alipay.api.request.AlipayTradeAppPayRequest;
import com.alipay.api.request.AlipayTradeCancelRequest;
import com.alipay.api.request.AlipayTradeCloseRequest;
import com.alipay.api.request.AlipayTradeFastpayRefundQueryRequest;
import com.alipay.api.request.AlipayTradePagePayRequest;
import com.alipay.api.request.AlipayTradePayRequest;
import com.alipay.api.request.AlipayTradePrecreateRequest;
import com.alipay.api.request.AlipayTradeQueryRequest;
import com.alipay.api.request.AlipayTradeRefundRequest;
import com.alipay.api.request.AlipayTradeWapPayRequest;
import com.alipay.api.response.AlipayTradeCancelResponse;
import com.alipay.api.response.AlipayTradeCloseResponse;
import com.alipay.api.response.AlipayTradeFastpayRefundQueryResponse;
import com.alipay.api.response.AlipayTradePayResponse;
import com.alipay.api.response.AlipayTradePrecreateResponse;
import com.alipay.api.response.AlipayTradeQueryResponse;
import com.alipay.api.response.AlipayTradeRefundResponse;
import dev.durablecheckout.sandbox.gateway.NotifyRecord;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import dev.durablecheckout.sandbox.http.SandboxServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A merchant who uses the real SDK, next to a gateway of his own. */
final class Merchant implements AutoCloseable {
  static final String APP_ID = "2021000000000001";
  static final String SELLER_ID = "2088000000000001";
  static final RsaKeys APP_KEYS = RsaKeys.generate();
  static final RsaKeys GATEWAY_KEYS = RsaKeys.generate();

  static {
    AlipayLogger.setNeedEnableLogger(false);
    // Otherwise the JDK repeats a POST whose connection was closed without an answer.
    System.setProperty("sun.net.http.retryPost", "false");
  }

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int PATIENCE_SECONDS = 20;

  final ManualClock clock = new ManualClock();
  final AlipayGateway gateway;
  final AlipayClient client;
  private final SandboxServer receiver;
  private final LinkedBlockingQueue<Map<String, String>> received = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private Merchant(@Nullable Path stateFile, long seed) throws IOException, AlipayApiException {
    gateway =
        AlipayGateway.start(
            new AlipayGatewayConfiguration(
                SandboxServer.loopback(0),
                null,
                GATEWAY_KEYS,
                List.of(new AppRegistration(APP_ID, SELLER_ID, APP_KEYS.publicKey())),
                clock,
                1e-6,
                seed,
                stateFile));
    receiver = SandboxServer.start("merchant", SandboxServer.loopback(0), this::receive);
    client = client(APP_ID, APP_KEYS);
  }

  static Merchant start() throws IOException, AlipayApiException {
    return new Merchant(null, 1);
  }

  static Merchant startWith(Path stateFile) throws IOException, AlipayApiException {
    return new Merchant(stateFile, 1);
  }

  AlipayClient client(String appId, RsaKeys keys) throws AlipayApiException {
    AlipayConfig config = new AlipayConfig();
    config.setServerUrl(gateway.gatewayUrl().toString());
    config.setAppId(appId);
    config.setPrivateKey(keys.privateKey());
    config.setAlipayPublicKey(GATEWAY_KEYS.publicKey());
    return new DefaultAlipayClient(config);
  }

  private Response receive(Request request) {
    received.add(request.form());
    String answer = answers.poll();
    return Response.text(200, answer == null ? "success" : answer);
  }

  /** What notifies are answered with, one after the other; then {@code success} again. */
  void answerNotifies(String... bodies) {
    answers.addAll(List.of(bodies));
  }

  /** The next notify that arrives. */
  Map<String, String> nextNotify() throws InterruptedException {
    Map<String, String> notify = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(notify).as("a notify").isNotNull();
    return requireNonNull(notify);
  }

  /** What has arrived and was not taken. */
  List<Map<String, String>> notifiesLeft() {
    return List.copyOf(received);
  }

  /** Waits until the gateway's record of the trade's last notify is as it should be. */
  NotifyRecord awaitNotify(String outTradeNo, Predicate<NotifyRecord> done)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      List<NotifyRecord> records =
          gateway.notifies().stream().filter(each -> each.outTradeNo().equals(outTradeNo)).toList();
      if (!records.isEmpty() && done.test(records.get(records.size() - 1))) {
        return records.get(records.size() - 1);
      }
      Thread.sleep(5);
    }
    throw new AssertionError("still not: " + gateway.notifies());
  }

  /** What the real SDK thinks of a notify's signature. */
  static boolean verifies(Map<String, String> notify) throws AlipayApiException {
    return AlipaySignature.rsaCheckV1(
        new HashMap<>(notify), GATEWAY_KEYS.publicKey(), "utf-8", "RSA2");
  }

  AlipayTradePrecreateRequest precreateRequest(String outTradeNo, String yuan) {
    AlipayTradePrecreateModel model = new AlipayTradePrecreateModel();
    model.setOutTradeNo(outTradeNo);
    model.setTotalAmount(yuan);
    model.setSubject("茶 <b>tea");
    model.setBody("two cups");
    model.setPassbackParams("m1.order%201");
    model.setTimeExpire(AlipayTime.seconds(clock.instant().plusSeconds(1800)));
    AlipayTradePrecreateRequest request = new AlipayTradePrecreateRequest();
    request.setBizModel(model);
    request.setNotifyUrl(receiver.uri("/notify?a=1").toString());
    return request;
  }

  AlipayTradePagePayRequest pagePayRequest(String outTradeNo, String yuan, String returnUrl) {
    AlipayTradePagePayModel model = new AlipayTradePagePayModel();
    model.setOutTradeNo(outTradeNo);
    model.setTotalAmount(yuan);
    model.setSubject("<script>alert(1)");
    model.setProductCode("FAST_INSTANT_TRADE_PAY");
    AlipayTradePagePayRequest request = new AlipayTradePagePayRequest();
    request.setBizModel(model);
    request.setNotifyUrl(receiver.uri("/notify").toString());
    request.setReturnUrl(returnUrl);
    return request;
  }

  AlipayTradeWapPayRequest wapPayRequest(String outTradeNo, String yuan, String returnUrl) {
    AlipayTradeWapPayModel model = new AlipayTradeWapPayModel();
    model.setOutTradeNo(outTradeNo);
    model.setTotalAmount(yuan);
    model.setSubject("tea");
    model.setProductCode("QUICK_WAP_WAY");
    model.setQuitUrl(returnUrl);
    AlipayTradeWapPayRequest request = new AlipayTradeWapPayRequest();
    request.setBizModel(model);
    request.setNotifyUrl(receiver.uri("/notify").toString());
    request.setReturnUrl(returnUrl);
    return request;
  }

  /** What the merchant's app hands to Alipay's. */
  String appOrder(String outTradeNo, String yuan) throws AlipayApiException {
    AlipayTradeAppPayModel model = new AlipayTradeAppPayModel();
    model.setOutTradeNo(outTradeNo);
    model.setTotalAmount(yuan);
    model.setSubject("tea and cake");
    model.setProductCode("QUICK_MSECURITY_PAY");
    AlipayTradeAppPayRequest request = new AlipayTradeAppPayRequest();
    request.setBizModel(model);
    request.setNotifyUrl(receiver.uri("/notify").toString());
    return client.sdkExecute(request).getBody();
  }

  /** A till charges the owner of the code. */
  AlipayTradePayResponse pay(String outTradeNo, String yuan, String authCode)
      throws AlipayApiException {
    AlipayTradePayModel model = new AlipayTradePayModel();
    model.setOutTradeNo(outTradeNo);
    model.setTotalAmount(yuan);
    model.setSubject("tea");
    model.setScene("bar_code");
    model.setAuthCode(authCode);
    model.setProductCode("FACE_TO_FACE_PAYMENT");
    AlipayTradePayRequest request = new AlipayTradePayRequest();
    request.setNotifyUrl(receiver.uri("/notify").toString());
    return execute(request, model);
  }

  AlipayTradePrecreateResponse precreate(String outTradeNo, String yuan) throws AlipayApiException {
    return client.execute(precreateRequest(outTradeNo, yuan));
  }

  AlipayTradeQueryResponse query(String outTradeNo) throws AlipayApiException {
    AlipayTradeQueryModel model = new AlipayTradeQueryModel();
    model.setOutTradeNo(outTradeNo);
    return execute(new AlipayTradeQueryRequest(), model);
  }

  AlipayTradeCloseResponse closeTrade(String outTradeNo) throws AlipayApiException {
    AlipayTradeCloseModel model = new AlipayTradeCloseModel();
    model.setOutTradeNo(outTradeNo);
    return execute(new AlipayTradeCloseRequest(), model);
  }

  AlipayTradeCancelResponse cancel(String outTradeNo) throws AlipayApiException {
    AlipayTradeCancelModel model = new AlipayTradeCancelModel();
    model.setOutTradeNo(outTradeNo);
    return execute(new AlipayTradeCancelRequest(), model);
  }

  AlipayTradeRefundResponse refund(String outTradeNo, String yuan, @Nullable String outRequestNo)
      throws AlipayApiException {
    AlipayTradeRefundModel model = new AlipayTradeRefundModel();
    model.setOutTradeNo(outTradeNo);
    model.setRefundAmount(yuan);
    model.setOutRequestNo(outRequestNo);
    return execute(new AlipayTradeRefundRequest(), model);
  }

  AlipayTradeFastpayRefundQueryResponse refundQuery(String outTradeNo, String outRequestNo)
      throws AlipayApiException {
    AlipayTradeFastpayRefundQueryModel model = new AlipayTradeFastpayRefundQueryModel();
    model.setOutTradeNo(outTradeNo);
    model.setOutRequestNo(outRequestNo);
    return execute(new AlipayTradeFastpayRefundQueryRequest(), model);
  }

  private <R extends AlipayResponse> R execute(
      AlipayRequest<R> request, com.alipay.api.AlipayObject model) throws AlipayApiException {
    request.setBizModel(model);
    return client.execute(request);
  }

  TradeBook book(String outTradeNo) {
    return gateway.books().stream()
        .filter(each -> each.outTradeNo().equals(outTradeNo))
        .findFirst()
        .orElseThrow();
  }

  static HttpResponse<String> get(URI url) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(url));
  }

  static HttpResponse<String> post(URI url, String contentType, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(url)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    receiver.close();
  }
}
