package dev.durablecheckout.sandbox.gateway.alipay;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.alipay.AlipayChannel;
import dev.durablecheckout.activities.channel.alipay.AlipayConfiguration;
import dev.durablecheckout.activities.channel.alipay.AlipayNotifyVerifier;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import dev.durablecheckout.sandbox.http.SandboxServer;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.Payer;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real adapter on the simulated gateway: each way to pay, with keys and with certificates. */
class AdapterOnGatewayTest {
  private enum Mode {
    KEYS,
    CERTIFICATES
  }

  private static final RsaKeys APP = RsaKeys.generate();
  private static final RsaKeys ALIPAY = RsaKeys.generate();
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final CheckoutId CHECKOUT = CheckoutId.parse("shop.A-1");
  private static final OutTradeNo NO = OutTradeNo.of(CHECKOUT, 1);
  private static final CloseResult CLOSED = new CloseResult(CloseResult.Outcome.CLOSED, null);
  private static final CloseResult NOT_CREATED =
      new CloseResult(CloseResult.Outcome.NOT_CREATED, null);

  private final ManualClock clock = new ManualClock();
  private final LinkedBlockingQueue<Request> notifies = new LinkedBlockingQueue<>();
  private @Nullable SandboxServer receiver;
  private @Nullable AlipayGateway started;

  private AlipayGateway gateway() {
    return requireNonNull(started);
  }

  private AlipayConfiguration start(Mode mode) throws IOException {
    receiver =
        SandboxServer.start(
            "merchant",
            SandboxServer.loopback(0),
            request -> {
              notifies.add(request);
              return Response.text(200, "success");
            });
    AlipayGatewayConfiguration configuration =
        new AlipayGatewayConfiguration(
            SandboxServer.loopback(0),
            null,
            ALIPAY,
            List.of(new AppRegistration(Merchant.APP_ID, Merchant.SELLER_ID, APP.publicKey())),
            clock,
            1e-6,
            1,
            null);
    AlipayCertificates certificates =
        mode == Mode.CERTIFICATES ? AlipayCertificates.issue(ALIPAY, APP, clock) : null;
    started =
        AlipayGateway.start(
            certificates == null ? configuration : configuration.with(certificates));
    return new AlipayConfiguration(
        gateway().gatewayUrl(),
        Merchant.APP_ID,
        Merchant.SELLER_ID,
        new Secret(APP.privateKey()),
        certificates == null ? ALIPAY.publicKey() : null,
        certificates == null ? null : certificates.app().pem(),
        certificates == null ? null : certificates.alipay().pem(),
        certificates == null ? null : certificates.root().pem(),
        receiver.uri("/notify"),
        null,
        TIMEOUT);
  }

  private AlipayChannel channel(AlipayConfiguration configuration) {
    return new AlipayChannel(configuration, new BoundedHttpClient(TIMEOUT), clock);
  }

  @AfterEach
  void stop() throws IOException {
    gateway().close();
    requireNonNull(receiver).close();
  }

  private PayOrder payOrder(PayMethod method, long amountFen, @Nullable String authCode) {
    return new PayOrder(
        NO,
        CHECKOUT,
        1,
        Channel.ALIPAY,
        method,
        Money.ofFen(amountFen),
        "Tea & cake",
        clock.instant().plusSeconds(1740),
        "http://127.0.0.1:1/back",
        "buyer-1",
        authCode == null ? null : Payer.ofAuthCode(authCode));
  }

  private void fault(Fault fault, String method) {
    gateway()
        .faults()
        .add(FaultRule.once(fault).on(NO.value()).atMethod(method).lasting(Duration.ofMillis(50)));
  }

  /** What was paid is known by query and by notify, and cannot be closed. */
  private void assertPaid(AlipayConfiguration configuration, PayOrder order) throws Exception {
    AlipayChannel channel = channel(configuration);
    TradeResult queried = channel.query(order);
    assertThat(queried.state()).isEqualTo(TradeState.PAID);
    assertThat(order.agreesWith(queried)).isTrue();
    Request notify = requireNonNull(notifies.poll(20, TimeUnit.SECONDS));
    assertThat(
            new AlipayNotifyVerifier(configuration)
                .verify(notify.body(), ImmutableListMultimap.of())
                .trade())
        .isEqualTo(queried);
    assertThat(channel.close(order).outcome()).isEqualTo(CloseResult.Outcome.ALREADY_PAID);
  }

  private static String content(PrepayResult result) {
    return requireNonNull(requireNonNull(result.credential()).content());
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void qr(Mode mode) throws Exception {
    AlipayConfiguration configuration = start(mode);
    PayOrder order = payOrder(PayMethod.QR, 1234, null);
    String qrCode = content(channel(configuration).prepay(order));
    assertThat(channel(configuration).close(order)).isEqualTo(NOT_CREATED);
    gateway().buyer().pay(qrCode);
    assertPaid(configuration, order);
  }

  @ParameterizedTest
  @EnumSource(
      value = PayMethod.class,
      names = {"PAGE", "WAP"})
  void linksWithKeys(PayMethod method) throws Exception {
    links(method, Mode.KEYS);
  }

  @ParameterizedTest
  @EnumSource(
      value = PayMethod.class,
      names = {"PAGE", "WAP"})
  void linksWithCertificates(PayMethod method) throws Exception {
    links(method, Mode.CERTIFICATES);
  }

  private void links(PayMethod method, Mode mode) throws Exception {
    AlipayConfiguration configuration = start(mode);
    PayOrder order = payOrder(method, 1234, null);
    String link = content(channel(configuration).prepay(order));
    assertThat(Merchant.get(URI.create(link)).statusCode()).isEqualTo(303);
    assertThat(channel(configuration).query(order).state()).isEqualTo(TradeState.NOT_CREATED);
    assertThat(channel(configuration).close(order)).isEqualTo(NOT_CREATED);
    gateway().buyer().scan(NO.value());
    assertThat(channel(configuration).query(order).state()).isEqualTo(TradeState.UNPAID);
    gateway().buyer().pay(NO.value());
    assertPaid(configuration, order);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void app(Mode mode) throws Exception {
    AlipayConfiguration configuration = start(mode);
    PayOrder order = payOrder(PayMethod.APP, 1234, null);
    PrepayResult result = channel(configuration).prepay(order);
    assertThat(requireNonNull(result.credential()).type()).isEqualTo(PayCredential.Type.ALIPAY_APP);
    gateway().buyer().openApp(content(result));
    assertThat(channel(configuration).query(order).state()).isEqualTo(TradeState.NOT_CREATED);
    gateway().buyer().pay(NO.value());
    assertPaid(configuration, order);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void barcodePaidAtOnce(Mode mode) throws Exception {
    AlipayConfiguration configuration = start(mode);
    PayOrder order = payOrder(PayMethod.BARCODE, 1234, gateway().buyer().showCode());
    TradeResult paid = requireNonNull(channel(configuration).prepay(order).trade());
    assertThat(order.agreesWith(paid)).isTrue();
    assertThat(channel(configuration).query(order)).isEqualTo(paid);
    assertThat(channel(configuration).prepay(order).trade()).isEqualTo(paid);
    assertPaid(configuration, order);
    assertThat(gateway().books().get(0).paidFen()).isEqualTo(1234);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void barcodeThatTheBuyerConfirms(Mode mode) throws Exception {
    AlipayConfiguration configuration = start(mode);
    PayOrder order = payOrder(PayMethod.BARCODE, 30_000, gateway().buyer().showCode());
    PrepayResult waits = PrepayResult.ready(PayCredential.none());
    assertThat(channel(configuration).prepay(order)).isEqualTo(waits);
    // The code is used up by now; the repeat finds the trade that waits.
    assertThat(channel(configuration).prepay(order)).isEqualTo(waits);
    assertThat(channel(configuration).query(order).state()).isEqualTo(TradeState.UNPAID);
    gateway().buyer().pay(NO.value());
    assertPaid(configuration, order);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {
        "API_TIMEOUT_WITH_EFFECT",
        "API_SYSTEM_ERROR_WITH_EFFECT",
        "API_UNSIGNED_SUCCESS",
        "API_BAD_SIGNATURE"
      })
  void barcodeWhoseAnswerIsLostIsFound(Fault fault) throws Exception {
    AlipayConfiguration configuration = start(Mode.KEYS);
    fault(fault, "alipay.trade.pay");
    PayOrder order = payOrder(PayMethod.BARCODE, 1234, gateway().buyer().showCode());
    assertThat(order.agreesWith(requireNonNull(channel(configuration).prepay(order).trade())))
        .isTrue();
    assertPaid(configuration, order);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"API_TIMEOUT_WITHOUT_EFFECT", "API_SYSTEM_ERROR_WITHOUT_EFFECT", "API_HTML_502"})
  void barcodeThatNeverArrivedIsUnknownAndRepeated(Fault fault) throws Exception {
    AlipayConfiguration configuration = start(Mode.KEYS);
    fault(fault, "alipay.trade.pay");
    PayOrder order = payOrder(PayMethod.BARCODE, 1234, gateway().buyer().showCode());
    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(() -> channel(configuration).prepay(order));
    assertThat(channel(configuration).prepay(order).trade()).isNotNull();
    assertThat(gateway().books().get(0).paidFen()).isEqualTo(1234);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void barcodeThatIsRefusedCannotBePaidAnyMore(Mode mode) throws Exception {
    AlipayConfiguration configuration = start(mode);
    PayOrder order = payOrder(PayMethod.BARCODE, 1234, gateway().buyer().showCodeOfEmptyWallet());
    assertThat(requireNonNull(channel(configuration).prepay(order).refusal()).code())
        .isEqualTo(Refusal.Code.INSUFFICIENT_BALANCE);
    assertThat(gateway().books().get(0).state()).isEqualTo(TradeStatus.TRADE_CLOSED);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void barcodeWithACodeThatIsNotGoodIsRefused(Mode mode) throws Exception {
    AlipayConfiguration configuration = start(mode);
    PayOrder order = payOrder(PayMethod.BARCODE, 1234, "281234567890123456");
    assertThat(requireNonNull(channel(configuration).prepay(order).refusal()).code())
        .isEqualTo(Refusal.Code.PAYER);
    assertThat(gateway().books()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void barcodeThatWaitsIsClosed(Mode mode) throws Exception {
    AlipayConfiguration configuration = start(mode);
    PayOrder order = payOrder(PayMethod.BARCODE, 30_000, gateway().buyer().showCode());
    channel(configuration).prepay(order);
    assertThat(channel(configuration).close(order)).isEqualTo(CLOSED);
    assertThat(channel(configuration).close(order)).isEqualTo(CLOSED);
    assertThat(channel(configuration).query(order).state()).isEqualTo(TradeState.CLOSED);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void barcodeThatNeverArrivedCannotArriveAfterItsClose(Mode mode) throws Exception {
    AlipayConfiguration configuration = start(mode);
    PayOrder order = payOrder(PayMethod.BARCODE, 1234, gateway().buyer().showCode());
    assertThat(channel(configuration).close(order)).isEqualTo(CLOSED);
    assertThat(requireNonNull(channel(configuration).prepay(order).refusal()).channelCode())
        .isEqualTo("ACQ.TRADE_HAS_CLOSE");
    assertThat(gateway().books()).isEmpty();
  }

  @Test
  void aCallWithoutTheRightCertificatesIsTurnedAway() throws Exception {
    AlipayConfiguration right = start(Mode.CERTIFICATES);
    PayOrder order = payOrder(PayMethod.QR, 1234, null);
    AlipayConfiguration withKeys =
        new AlipayConfiguration(
            right.gatewayUrl(),
            right.appId(),
            right.sellerId(),
            right.privateKey(),
            ALIPAY.publicKey(),
            null,
            null,
            null,
            right.notifyUrl(),
            null,
            TIMEOUT);
    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(() -> channel(withKeys).prepay(order))
        .withMessageContaining("40001 isv.missing-app-cert-sn");
    AlipayConfiguration withAnothers =
        new AlipayConfiguration(
            right.gatewayUrl(),
            right.appId(),
            right.sellerId(),
            right.privateKey(),
            null,
            right.alipayCertificate(),
            right.alipayCertificate(),
            right.rootCertificates(),
            right.notifyUrl(),
            null,
            TIMEOUT);
    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(() -> channel(withAnothers).prepay(order))
        .withMessageContaining("40002 isv.invalid-app-cert-sn");
    assertThat(gateway().books()).isEmpty();
  }

  @Test
  void certificatesAreOfTheirKeysAndIssuedByTheRoot() throws Exception {
    start(Mode.KEYS);
    AlipayCertificates certificates = AlipayCertificates.issue(ALIPAY, APP, Clock.systemUTC());
    X509Certificate root = read(certificates.root());
    root.verify(root.getPublicKey());
    for (SandboxCertificate issued : List.of(certificates.alipay(), certificates.app())) {
      read(issued).checkValidity();
      read(issued).verify(root.getPublicKey());
    }
    assertThat(
            Base64.getEncoder()
                .encodeToString(read(certificates.app()).getPublicKey().getEncoded()))
        .isEqualTo(APP.publicKey());
    assertThat(certificates.alipay().serialNumber())
        .matches("[0-9a-f]{32}")
        .isNotEqualTo(certificates.app().serialNumber());
  }

  private static X509Certificate read(SandboxCertificate certificate) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(certificate.pem().getBytes(StandardCharsets.US_ASCII)));
  }
}
