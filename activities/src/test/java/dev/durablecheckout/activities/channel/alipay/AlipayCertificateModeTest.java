package dev.durablecheckout.activities.channel.alipay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.TradeState;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same calls and notifies for an account that works with certificates. */
class AlipayCertificateModeTest {
  private static TestCertificates app;
  private static TestCertificates alipay;
  private static TestCertificates root;
  private static TestCertificates secondRoot;

  @BeforeAll
  static void generate(@TempDir Path directory) throws Exception {
    app = TestCertificates.generate(directory, "app");
    alipay = TestCertificates.generate(directory, "alipay");
    root = TestCertificates.generate(directory, "root");
    secondRoot = TestCertificates.generate(directory, "second-root");
  }

  @Test
  void callsNameTheCertificatesAndAnswersAreVerified() throws Exception {
    try (ScriptedGateway gateway = gateway()) {
      String content = AlipayFixtures.trade("TRADE_SUCCESS", "");
      gateway.thenBody(
          request ->
              gateway
                  .envelope(request.root(), content)
                  .replaceFirst("\\{", "{\"alipay_cert_sn\":\"" + sn(alipay) + "\","));
      assertThat(channel(gateway.url()).query(AlipayFixtures.payOrder(PayMethod.QR)).state())
          .isEqualTo(TradeState.PAID);
      assertThat(gateway.requests().get(0).parameters())
          .containsEntry("app_cert_sn", sn(app))
          .containsEntry("alipay_root_cert_sn", sn(root) + "_" + sn(secondRoot));
    }
  }

  @Test
  void anAnswerSignedByAnotherCertificateIsUnknown() throws Exception {
    TestCertificates other = root;
    try (ScriptedGateway gateway =
        new ScriptedGateway(app.keyPair().getPublic(), other.keyPair().getPrivate())) {
      gateway.thenSigned(AlipayFixtures.trade("TRADE_SUCCESS", ""));
      NetworkCall.QUERY.assertUnknown(channel(gateway.url()), "cannot be trusted");
    }
  }

  @Test
  void pagesNameTheCertificatesToo() throws Exception {
    try (ScriptedGateway gateway = gateway()) {
      String url =
          requireNonNull(
                  channel(gateway.url())
                      .prepay(AlipayFixtures.payOrder(PayMethod.PAGE))
                      .credential())
              .content();
      Map<String, String> parameters = ScriptedGateway.parameters(URI.create(url).getRawQuery());
      assertThat(parameters).containsEntry("app_cert_sn", sn(app));
      assertThat(TestKeys.isSignedRequest(parameters, app.keyPair().getPublic())).isTrue();
    }
  }

  @Test
  void notifiesAreVerifiedWithAlipaysCertificateAlone() throws Exception {
    AlipayNotifyVerifier verifier =
        new AlipayNotifyVerifier(configuration(null, null, null, alipay.pem(), null));
    byte[] real = NotifyForms.signed(NotifyForms.payment(), UTF_8, alipay.keyPair().getPrivate());
    assertThat(verifier.verify(real, ImmutableListMultimap.of()).trade().state())
        .isEqualTo(TradeState.PAID);
    byte[] forged = NotifyForms.signed(NotifyForms.payment(), UTF_8, app.keyPair().getPrivate());
    assertThatExceptionOfType(InvalidNotifyException.class)
        .isThrownBy(() -> verifier.verify(forged, ImmutableListMultimap.of()));
  }

  @Test
  void aWrongConfigurationIsNamedAtTheStart() throws Exception {
    String appPem = app.pem();
    String alipayPem = alipay.pem();
    String rootPem = root.pem();
    String key = TestKeys.base64(alipay.keyPair().getPublic());
    assertRefused("either", configuration(null, null, null, null, null));
    assertRefused("either", configuration(null, key, appPem, alipayPem, rootPem));
    assertRefused("rootCertificates", configuration(null, null, appPem, alipayPem, null));
    assertRefused("appCertificate", configuration(null, null, null, alipayPem, rootPem));
    assertRefused("setting appCertificate", configuration(null, null, "x", alipayPem, rootPem));
    assertRefused("setting alipayCertificate", configuration(null, null, appPem, "x", rootPem));
    assertRefused("setting rootCertificates", configuration(null, null, appPem, alipayPem, "x"));
    assertRefused("setting alipayPublicKey", configuration(null, "x", null, null, null));
    assertRefused("setting alipayPublicKey", configuration(null, "AAAA", null, null, null));
    assertRefused("privateKey is needed", withKeys(null, URI.create("https://n/")));
    assertRefused("setting privateKey", withKeys(new Secret("AAAA"), URI.create("https://n/")));
    assertRefused("notifyUrl", withKeys(appKey(), null));
  }

  @Test
  void pemKeysAreReadToo() throws Exception {
    try (ScriptedGateway gateway = gateway()) {
      gateway.thenSigned(AlipayFixtures.trade("TRADE_SUCCESS", ""));
      AlipayConfiguration configuration =
          new AlipayConfiguration(
              gateway.url(),
              AlipayFixtures.APP_ID,
              AlipayFixtures.SELLER_ID,
              new Secret(pem("PRIVATE KEY", TestKeys.base64(app.keyPair().getPrivate()))),
              pem("PUBLIC KEY", TestKeys.base64(alipay.keyPair().getPublic())),
              null,
              null,
              null,
              URI.create("https://n/"),
              null,
              AlipayFixtures.TIMEOUT);
      assertThat(channel(configuration).query(AlipayFixtures.payOrder(PayMethod.QR)).state())
          .isEqualTo(TradeState.PAID);
    }
  }

  private static String pem(String name, String base64) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(name, base64.replaceAll("(.{64})", "$1\r\n"), name);
  }

  private static void assertRefused(String why, AlipayConfiguration configuration) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> channel(configuration))
        .withMessageContaining(why)
        .withNoCause();
  }

  private static String sn(TestCertificates certificate) {
    return AlipayKeys.serialNumber(certificate.certificate());
  }

  private static ScriptedGateway gateway() {
    return new ScriptedGateway(app.keyPair().getPublic(), alipay.keyPair().getPrivate());
  }

  private static AlipayChannel channel(URI url) throws Exception {
    return channel(
        configuration(url, null, app.pem(), alipay.pem(), root.pem() + secondRoot.pem()));
  }

  private static AlipayChannel channel(AlipayConfiguration configuration) {
    return new AlipayChannel(
        configuration, new BoundedHttpClient(AlipayFixtures.TIMEOUT), AlipayFixtures.CLOCK);
  }

  private static Secret appKey() {
    return new Secret(TestKeys.base64(app.keyPair().getPrivate()));
  }

  private static AlipayConfiguration withKeys(@Nullable Secret privateKey, @Nullable URI notify) {
    return new AlipayConfiguration(
        null,
        AlipayFixtures.APP_ID,
        AlipayFixtures.SELLER_ID,
        privateKey,
        TestKeys.base64(alipay.keyPair().getPublic()),
        null,
        null,
        null,
        notify,
        null,
        null);
  }

  private static AlipayConfiguration configuration(
      @Nullable URI url,
      @Nullable String publicKey,
      @Nullable String appCertificate,
      @Nullable String alipayCertificate,
      @Nullable String roots) {
    return new AlipayConfiguration(
        url,
        AlipayFixtures.APP_ID,
        AlipayFixtures.SELLER_ID,
        appKey(),
        publicKey,
        appCertificate,
        alipayCertificate,
        roots,
        URI.create("https://shop.example/notify"),
        null,
        AlipayFixtures.TIMEOUT);
  }
}
