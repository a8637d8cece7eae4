package dev.durablecheckout.sandbox.gateway.wechatpay;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.activities.channel.wechatpay.PayScoreConfiguration;
import dev.durablecheckout.activities.channel.wechatpay.WechatAppConfiguration;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayChannel;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayConfiguration;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayNotifyVerifier;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.sandbox.gateway.NotifyRecord;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import dev.durablecheckout.sandbox.http.SandboxServer;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.Payer;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A merchant with a gateway of its own, who calls it through the adapter, or by hand. */
final class WechatMerchant implements AutoCloseable {
  static final String MCH_ID = "1900000109";
  static final String OFFICIAL_ACCOUNT = "wx0000000000000001";
  static final String MINI_PROGRAM = "wx0000000000000002";
  static final String MOBILE_APP = "wx0000000000000003";
  static final String SECRET = "app-secret&1";
  static final String SERIAL_NO = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
  static final String API_V3_KEY = "0123456789abcdef0123456789abcdef";
  static final String API_V2_KEY = "fedcba9876543210fedcba9876543210";
  static final String PUBLIC_KEY_ID = "PUB_KEY_ID_0119000001092026010100000000000001";
  static final String SERVICE_ID = "500001";
  static final RsaKeys KEYS = RsaKeys.generate();
  static final RsaKeys PLATFORM = RsaKeys.generate();
  static final PlatformCertificate CERTIFICATE =
      PlatformCertificate.selfSigned(
          RsaKeys.generate(),
          "4A1B07E79B8269FEC3D5D3E6AB8ED163A6A380DB",
          Instant.parse("2020-01-01T00:00:00Z"),
          Instant.parse("2049-01-01T00:00:00Z"));

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int PATIENCE_SECONDS = 20;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  final MovableClock clock = new MovableClock();
  final WechatPayGateway gateway;
  private final SandboxServer receiver;
  private final BoundedHttpClient http = new BoundedHttpClient(TIMEOUT);
  private final LinkedBlockingQueue<Request> received = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Integer> answers = new LinkedBlockingQueue<>();

  private WechatMerchant(Duration refundDelay, @Nullable Path stateFile) throws IOException {
    gateway =
        WechatPayGateway.start(
            new WechatPayGatewayConfiguration(
                SandboxServer.loopback(0),
                null,
                PUBLIC_KEY_ID,
                PLATFORM,
                CERTIFICATE,
                List.of(registration()),
                clock,
                refundDelay,
                Duration.ofMinutes(1),
                1e-6,
                1,
                stateFile));
    receiver = SandboxServer.start("merchant", SandboxServer.loopback(0), this::receive);
  }

  private static MchRegistration registration() {
    return new MchRegistration(
        MCH_ID,
        Map.of(OFFICIAL_ACCOUNT, SECRET, MINI_PROGRAM, SECRET, MOBILE_APP, SECRET),
        SERIAL_NO,
        KEYS.publicKey(),
        API_V3_KEY,
        SERVICE_ID,
        API_V2_KEY);
  }

  static WechatMerchant start() throws IOException {
    return new WechatMerchant(Duration.ZERO, null);
  }

  static WechatMerchant startWith(Path stateFile) throws IOException {
    return new WechatMerchant(Duration.ofMinutes(1), stateFile);
  }

  /** One whose refunds take a minute. */
  static WechatMerchant startSlow() throws IOException {
    return new WechatMerchant(Duration.ofMinutes(1), null);
  }

  private Response receive(Request request) {
    received.add(request);
    Integer answer = answers.poll();
    return answer == null ? Response.noContent() : Response.text(answer, "{}");
  }

  /** What notifies are answered with, one after the other; then 204 again. */
  void answerNotifies(Integer... statuses) {
    answers.addAll(List.of(statuses));
  }

  /** The next notify that arrives. */
  Request nextNotify() throws InterruptedException {
    Request notify = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(notify).as("a notify").isNotNull();
    return requireNonNull(notify);
  }

  int notifiesLeft() {
    return received.size();
  }

  /** Waits until the gateway's record of the last notify about this number is as it should be. */
  NotifyRecord awaitNotify(String number, Predicate<NotifyRecord> done)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      List<NotifyRecord> records =
          gateway.notifies().stream().filter(each -> each.outTradeNo().equals(number)).toList();
      if (!records.isEmpty() && done.test(records.get(records.size() - 1))) {
        return records.get(records.size() - 1);
      }
      Thread.sleep(5);
    }
    throw new AssertionError("still not: " + gateway.notifies());
  }

  /** How the merchant verifies what WeChat Pay says. */
  enum Trust {
    PUBLIC_KEY,
    CERTIFICATE,
    BOTH
  }

  WechatPayConfiguration account(Trust trust) {
    boolean key = trust != Trust.CERTIFICATE;
    return new WechatPayConfiguration(
        gateway.gatewayUrl(),
        null,
        gateway.loginUrl(),
        MCH_ID,
        new WechatAppConfiguration(OFFICIAL_ACCOUNT, new Secret(SECRET)),
        new WechatAppConfiguration(MINI_PROGRAM, new Secret(SECRET)),
        new WechatAppConfiguration(MOBILE_APP, null),
        new Secret(KEYS.privateKey()),
        SERIAL_NO,
        new Secret(API_V3_KEY),
        key ? PLATFORM.publicKey() : null,
        key ? PUBLIC_KEY_ID : null,
        null,
        trust != Trust.PUBLIC_KEY,
        new PayScoreConfiguration(SERVICE_ID, new Secret(API_V2_KEY)),
        notifyUrl(),
        null,
        Duration.ofSeconds(2));
  }

  URI notifyUrl() {
    return receiver.uri("/notify");
  }

  WechatPayChannel channel() {
    return channel(Trust.PUBLIC_KEY);
  }

  WechatPayChannel channel(Trust trust) {
    return new WechatPayChannel(account(trust), http, clock);
  }

  WechatPayNotifyVerifier verifier(Trust trust) {
    return new WechatPayNotifyVerifier(account(trust), http, clock);
  }

  /**
   * The headers of a notify by their names in lower case, as the API gives them to the verifier.
   */
  static ImmutableListMultimap<String, String> headers(Request notify) {
    ImmutableListMultimap.Builder<String, String> headers = ImmutableListMultimap.builder();
    for (String name :
        List.of(
            "wechatpay-timestamp",
            "wechatpay-nonce",
            "wechatpay-serial",
            "wechatpay-signature",
            "wechatpay-signature-type",
            "content-type")) {
      notify.header(name).ifPresent(value -> headers.put(name, value));
    }
    return headers.build();
  }

  PayOrder payOrder(PayMethod method, int number) {
    CheckoutId checkout = CheckoutId.parse("shop.order-" + number);
    return new PayOrder(
        OutTradeNo.of(checkout, 1),
        checkout,
        1,
        Channel.WECHAT_PAY,
        method,
        Money.ofFen(1234),
        "茶 <b>tea",
        clock.instant().plusSeconds(120),
        "https://shop.example/back?a=1&b=2",
        "buyer-1",
        payer(method));
  }

  private @Nullable Payer payer(PayMethod method) {
    return switch (method) {
      case JSAPI -> Payer.ofOpenid(gateway.buyer().openid(OFFICIAL_ACCOUNT));
      case MINI_PROGRAM -> Payer.ofOpenid(gateway.buyer().openid(MINI_PROGRAM));
      case H5 -> Payer.ofClientIp("14.23.150.211");
      default -> null;
    };
  }

  RefundOrder refund(PayOrder payOrder, String outRefundNo, long fen) {
    return new RefundOrder(
        OutRefundNo.of(outRefundNo),
        payOrder.checkoutId(),
        payOrder.outTradeNo(),
        Channel.WECHAT_PAY,
        Money.ofFen(fen),
        payOrder.amount(),
        RefundReason.LATE);
  }

  WechatBook book(PayOrder payOrder) {
    return gateway.books().stream()
        .filter(each -> each.outTradeNo().equals(payOrder.outTradeNo().value()))
        .findFirst()
        .orElseThrow();
  }

  /** A call that is signed by hand, as of the gateway's time. */
  HttpResponse<String> call(String method, String target, String body)
      throws IOException, InterruptedException {
    return send(
        request(method, target, body, authorization(method, target, body, clock.instant())));
  }

  static String authorization(String method, String target, String body, Instant at) {
    return authorization(MCH_ID, SERIAL_NO, KEYS, at, method, target, body);
  }

  static String authorization(
      String mchId,
      String serialNo,
      RsaKeys keys,
      Instant at,
      String method,
      String target,
      String body) {
    long timestamp = at.getEpochSecond();
    String signed = method + "\n" + target + "\n" + timestamp + "\nNONCE\n" + body + "\n";
    return "WECHATPAY2-SHA256-RSA2048 mchid=\"%s\",nonce_str=\"NONCE\",timestamp=\"%d\",serial_no=\"%s\",signature=\"%s\""
        .formatted(mchId, timestamp, serialNo, keys.sign(signed));
  }

  HttpRequest.Builder request(String method, String target, String body, String authorization) {
    return HttpRequest.newBuilder(gateway.uri(target))
        .header("Accept", "application/json")
        .header("Content-Type", "application/json")
        .header("Authorization", authorization)
        .header("Wechatpay-Serial", PUBLIC_KEY_ID)
        .method(method, HttpRequest.BodyPublishers.ofString(body));
  }

  static HttpResponse<String> get(URI url) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(url));
  }

  static HttpResponse<String> postForm(URI url, String form)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
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
