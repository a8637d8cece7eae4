package dev.durablecheckout.activities.channel.alipay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.alipay.api.request.AlipayTradeQueryRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.activities.channel.InvalidNotifyException.Reason;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.secret.Secret;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real messages of the real Alipay. */
class AlipayVectorsTest {
  @Test
  void aRealNotifyVerifies() throws Exception {
    JsonNode vector = SharedVectors.json("notify_v1.json");
    NotifyForm form = NotifyForm.parse(NotifyForms.encode(parameters(vector), UTF_8));
    assertThat(signature(vector).fits(form.parameters(), form.charset())).isTrue();
  }

  @Test
  void aRealNotifyOfAnyChangedParameterDoesNot() throws Exception {
    JsonNode vector = SharedVectors.json("notify_v1.json");
    Map<String, String> real = parameters(vector);
    assertThat(real).hasSizeGreaterThan(20);
    for (String name : real.keySet()) {
      Map<String, String> tampered = new LinkedHashMap<>(real);
      tampered.put(name, name.equals("charset") ? "gbk" : real.get(name) + "0");
      Charset charset = name.equals("charset") ? Charset.forName("GBK") : UTF_8;
      NotifyForm form = NotifyForm.parse(NotifyForms.encode(tampered, charset));
      assertThat(signature(vector).fits(form.parameters(), form.charset())).as(name).isFalse();
    }
  }

  /** It comes as far as our number, which another shop's is not of the form of. */
  @Test
  void aRealNotifyOfTheAccountPassesSignatureAndAccount() {
    JsonNode vector = SharedVectors.json("notify_v1.json");
    AlipayNotifyVerifier verifier = verifier(vector, "2088531891668739");
    InvalidNotifyException invalid = invalid(verifier, parameters(vector));
    assertThat(invalid.reason()).isEqualTo(Reason.MALFORMED);
    assertThat(invalid).hasMessageContaining("[0-9A-Za-z_]{1,32}");
  }

  @Test
  void aRealNotifyForAnotherSellerIsForeign() {
    JsonNode vector = SharedVectors.json("notify_v1.json");
    AlipayNotifyVerifier verifier = verifier(vector, "2088000000000001");
    assertThat(invalid(verifier, parameters(vector)).reason()).isEqualTo(Reason.FOREIGN_ACCOUNT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "notify_v1_negative.json",
        "notify_v2_negative.json",
        "notify_v2_servicemarket.json"
      })
  void anotherKeyOrAnotherRuleDoesNotVerify(String file) {
    JsonNode vector = SharedVectors.json(file);
    AlipayNotifyVerifier verifier = verifier(vector, "2088531891668739");
    assertThat(invalid(verifier, parameters(vector)).reason()).isEqualTo(Reason.BAD_SIGNATURE);
  }

  @Test
  void aRealAnswerOfTheGatewayVerifies() throws Exception {
    JsonNode vector = SharedVectors.json("response_sign.json");
    try (ScriptedGateway server = new ScriptedGateway()) {
      server.thenBody(request -> vector.path("body").textValue());
      AlipayAnswer answer = upload(server.url());
      assertThat(answer.isSuccess()).isTrue();
      assertThat(answer.text("file_id")).contains("CAxAToWB1JsAAAAAAAAAAAAADgSLAQBr");
    }
  }

  @Test
  void aRealAnswerOfTheGatewayWithAChangedLetterDoesNot() {
    JsonNode vector = SharedVectors.json("response_sign.json");
    try (ScriptedGateway server = new ScriptedGateway()) {
      server.thenBody(request -> vector.path("body").textValue().replace("CAxA", "CAxB"));
      assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
          .isThrownBy(() -> upload(server.url()))
          .withMessageContaining("cannot be trusted");
    }
  }

  private static AlipayAnswer upload(URI url) throws ChannelOutcomeUnknownException {
    AlipayConfiguration configuration =
        configuration(url, SharedVectors.text("alipay-public-key.pem"), AlipayFixtures.SELLER_ID);
    AlipayTradeQueryRequest request =
        new AlipayTradeQueryRequest() {
          @Override
          public String getApiMethodName() {
            return "alipay.open.file.upload";
          }
        };
    request.setBizContent("{}");
    return new AlipayGateway(configuration, new BoundedHttpClient(AlipayFixtures.TIMEOUT))
        .call(request, request::putOtherTextParam, AlipayFixtures.OUT_TRADE_NO);
  }

  @Test
  void serialNumbersOfRealCertificatesAreAlipays() throws Exception {
    JsonNode expected = SharedVectors.json("cert_sn.json").path("expected");
    String app = SharedVectors.text("appCertPublicKey_2021001161683774.crt");
    String alipay = SharedVectors.text("alipayCertPublicKey_RSA2.crt");
    String roots = SharedVectors.text("alipayRootCert.crt");
    AlipayKeys keys =
        AlipayKeys.of(
            new AlipayConfiguration(
                null, "1", "1", null, null, app, alipay, roots, null, null, null));
    AlipayKeys.SerialNumbers serialNumbers = requireNonNull(keys.serialNumbers());
    assertThat(serialNumbers.appCertificate())
        .isEqualTo(expected.path("appCertPublicKey_2021001161683774.crt").textValue());
    assertThat(serialNumbers.rootCertificates())
        .isEqualTo(expected.path("alipayRootCert.crt").textValue());
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(alipay.getBytes(UTF_8)));
    assertThat(AlipayKeys.serialNumber(certificate))
        .isEqualTo(expected.path("alipayCertPublicKey_RSA2.crt").textValue());
    assertThat(keys.alipayKey()).isEqualTo(certificate.getPublicKey());
  }

  private static Map<String, String> parameters(JsonNode vector) {
    Map<String, String> parameters = new LinkedHashMap<>();
    vector
        .path("params")
        .properties()
        .forEach(entry -> parameters.put(entry.getKey(), entry.getValue().textValue()));
    return parameters;
  }

  private static String key(JsonNode vector) {
    return vector.has("publicKeyFile")
        ? SharedVectors.text(vector.path("publicKeyFile").textValue())
        : vector.path("alipayPublicKeyBase64").textValue();
  }

  private static NotifySignature signature(JsonNode vector) {
    return new NotifySignature(
        AlipayKeys.of(configuration(null, key(vector), AlipayFixtures.SELLER_ID)).alipayKey());
  }

  private static AlipayNotifyVerifier verifier(JsonNode vector, String sellerId) {
    return new AlipayNotifyVerifier(configuration(null, key(vector), sellerId));
  }

  private static AlipayConfiguration configuration(
      @Nullable URI gateway, String alipayPublicKey, String sellerId) {
    return new AlipayConfiguration(
        gateway,
        "2019073166072302",
        sellerId,
        new Secret(TestKeys.base64(TestKeys.APP.getPrivate())),
        alipayPublicKey,
        null,
        null,
        null,
        URI.create("https://shop.example/notify"),
        null,
        AlipayFixtures.TIMEOUT);
  }

  private static InvalidNotifyException invalid(
      AlipayNotifyVerifier verifier, Map<String, String> parameters) {
    return requireNonNull(
        catchThrowableOfType(
            InvalidNotifyException.class,
            () ->
                verifier.verify(
                    NotifyForms.encode(parameters, UTF_8), ImmutableListMultimap.of())));
  }
}
