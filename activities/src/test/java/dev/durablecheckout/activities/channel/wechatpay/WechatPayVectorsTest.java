package dev.durablecheckout.activities.channel.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wechat.pay.java.core.cipher.Signer;
import com.wechat.pay.java.core.util.PemUtil;
import dev.durablecheckout.activities.channel.alipay.SharedVectors;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayFixtures.AccountSettings;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.workflows.payment.PayCredential;
import java.net.URI;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Signatures and ciphertexts that WeChat Pay itself published. */
class WechatPayVectorsTest {
  private static final String OFFICIAL = "wechat-official-docs";
  private static final String SDK = "wechatpay-java";

  private static JsonNode json(String folder, String file) {
    return SigningGateway.json(SharedVectors.text(folder, file));
  }

  private static AccountSettings settings() {
    return WechatPayFixtures.account(URI.create("http://127.0.0.1:1"));
  }

  private static Signer officialMerchant() {
    AccountSettings settings = settings();
    settings.privateKey = new Secret(SharedVectors.text(OFFICIAL, "merchant_test_private_key.pem"));
    return WechatPayKeys.merchantKey(settings.build());
  }

  private static PlatformKeys keys(AccountSettings settings, Instant now) {
    return PlatformKeys.of(
        settings.build(),
        new BoundedHttpClient(WechatPayFixtures.TIMEOUT),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  @Test
  void requestsAreSignedAsInTheDocumentation() throws Exception {
    JsonNode vectors = json(OFFICIAL, "request_signatures.json");
    RSAPrivateCrtKey key =
        (RSAPrivateCrtKey)
            PemUtil.loadPrivateKeyFromString(
                SharedVectors.text(OFFICIAL, "merchant_test_private_key.pem"));
    PublicKey publicKey =
        java.security.KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    assertThat(vectors.get("cases")).hasSize(4);
    for (JsonNode each : vectors.get("cases")) {
      String text =
          SigningGateway.signedText(
              each.get("method").asText(),
              each.get("urlPath").asText(),
              each.get("timestamp").asText(),
              each.get("nonce").asText(),
              each.get("body").asText());
      String signature = each.get("signature").asText();
      assertThat(officialMerchant().sign(text).getSign()).isEqualTo(signature);
      assertThat(SigningGateway.isSigned(publicKey, text, signature))
          .as("the gateway of these tests checks requests as WeChat does")
          .isTrue();
    }
  }

  @Test
  void pagesAndAppsAreHandedTheDocumentedSignatures() {
    JsonNode vector = json(OFFICIAL, "client_pay_signatures.json");
    Instant at = Instant.ofEpochSecond(vector.get("timeStamp").asLong());
    ClientSignatures signatures =
        new ClientSignatures(
            officialMerchant(),
            "1900007291",
            Clock.fixed(at, ZoneOffset.UTC),
            () -> vector.get("nonceStr").asText());
    String appId = vector.get("appId").asText();
    String prepayId = vector.get("prepayId").asText();

    PayCredential jsapi = signatures.jsapi(appId, prepayId);
    assertThat(jsapi.type()).isEqualTo(PayCredential.Type.WECHAT_JSAPI);
    assertThat(jsapi.parameters())
        .containsExactly(
            java.util.Map.entry("appId", appId),
            java.util.Map.entry("timeStamp", "1554208460"),
            java.util.Map.entry("nonceStr", vector.get("nonceStr").asText()),
            java.util.Map.entry("package", "prepay_id=" + prepayId),
            java.util.Map.entry("signType", "RSA"),
            java.util.Map.entry("paySign", vector.at("/jsapi/paySign").asText()));

    PayCredential app = signatures.app(appId, prepayId);
    assertThat(app.type()).isEqualTo(PayCredential.Type.WECHAT_APP);
    assertThat(app.parameters())
        .containsExactly(
            java.util.Map.entry("appid", appId),
            java.util.Map.entry("partnerid", "1900007291"),
            java.util.Map.entry("prepayid", prepayId),
            java.util.Map.entry("package", "Sign=WXPay"),
            java.util.Map.entry("noncestr", vector.get("nonceStr").asText()),
            java.util.Map.entry("timestamp", "1554208460"),
            java.util.Map.entry("sign", vector.at("/app/sign").asText()));
  }

  @Test
  void aRealAnswersSignatureFitsAndNoOther() {
    JsonNode vector = json(OFFICIAL, "response_signature.json");
    AccountSettings settings = settings();
    settings.publicKey = SharedVectors.text(OFFICIAL, "platform_public_key.pem");
    PlatformKeys keys = keys(settings, WechatPayFixtures.NOW);
    String text =
        "%s\n%s\n%s\n"
            .formatted(
                vector.get("timestamp").asText(),
                vector.get("nonce").asText(),
                vector.get("body").asText());
    String signature = vector.get("signature").asText();
    assertThat(keys.verify(WechatPayFixtures.PUBLIC_KEY_ID, text, signature)).isTrue();
    assertThat(keys.verify(WechatPayFixtures.PUBLIC_KEY_ID, text + " ", signature)).isFalse();
    assertThat(keys.verify("PUB_KEY_ID_1", text, signature)).isFalse();
  }

  @Test
  void aMessageSignedUnderACertificateFitsWhileItIsValid() {
    JsonNode vector = json(SDK, "vector.json");
    String pem = SharedVectors.text(SDK, "merchant_certificate.pem");
    String serial = vector.get("merchant_certificate_serial").asText();
    AccountSettings settings =
        settings().withoutPublicKey().withCertificates(pem).downloading(false);
    Instant valid = WechatPayKeys.certificate(pem).getNotBefore().toInstant().plusSeconds(60);
    String message = vector.at("/rsa_sha256/message").asText();
    String signature = vector.at("/rsa_sha256/signature").asText();
    assertThat(keys(settings, valid).verify(serial, message, signature)).isTrue();
    assertThat(keys(settings, valid).verify(serial, message + "x", signature)).isFalse();
    assertThat(keys(settings, valid.minusSeconds(120)).verify(serial, message, signature))
        .isFalse();
  }

  @Test
  void aSealedTextOpens() {
    JsonNode vector = json(SDK, "vector.json").get("aead");
    AccountSettings settings = settings();
    settings.apiV3Key = new Secret(vector.get("key").asText());
    ApiV3Cipher cipher = new ApiV3Cipher(settings.build());
    String sealed =
        """
        {"algorithm":"AEAD_AES_256_GCM","associated_data":"%s","nonce":"%s","ciphertext":"%s"}"""
            .formatted(
                vector.get("associated_data").asText(),
                vector.get("nonce").asText(),
                vector.get("ciphertext").asText());
    assertThat(cipher.open(WechatPayMessage.parse(sealed)))
        .isEqualTo(vector.get("plaintext").asText());
  }

  @Test
  void theListOfCertificatesOpens() {
    JsonNode vector = json(SDK, "vector.json");
    AccountSettings settings = settings();
    settings.apiV3Key = new Secret(vector.get("api_v3_key").asText());
    assertThat(
            CertificateDownload.certificates(
                WechatPayMessage.parse(
                    SharedVectors.text(SDK, "download_certificates_response.json")),
                new ApiV3Cipher(settings.build())))
        .containsOnlyKeys(vector.get("download_certificate_serial").asText());
  }
}
