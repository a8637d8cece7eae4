package dev.durablecheckout.activities.channel.wechatpay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.activities.channel.alipay.TestCertificates;
import dev.durablecheckout.activities.channel.wechatpay.SigningGateway.PlatformKey;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Notifies and certificate lists as WeChat Pay writes them, by the JDK's own means. */
final class SealedMessages {
  private static final String IV = "fdasfjihihih";

  private SealedMessages() {}

  static String seal(String plaintext, String associatedData, String key) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key.getBytes(UTF_8), "AES"),
          new GCMParameterSpec(128, IV.getBytes(UTF_8)));
      cipher.updateAAD(associatedData.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(cipher.doFinal(plaintext.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String sealed(String plaintext, String associatedData) {
    return """
        "algorithm":"AEAD_AES_256_GCM","nonce":"%s","associated_data":"%s","ciphertext":"%s\""""
        .formatted(
            IV, associatedData, seal(plaintext, associatedData, WechatPayFixtures.API_V3_KEY));
  }

  /** The body of a notify. */
  static String notify(String eventType, String originalType, String plaintext) {
    return """
        {"id":"EV-2018022511223320873","create_time":"2026-03-01T18:05:07+08:00","event_type":"%s",
        "resource_type":"encrypt-resource","summary":"支付成功","resource":{"original_type":"%s",%s}}"""
        .formatted(eventType, originalType, sealed(plaintext, originalType));
  }

  static String payment(String plaintext) {
    return notify("TRANSACTION.SUCCESS", "transaction", plaintext);
  }

  /** The headers of a notify, by their names in lower case. */
  static ImmutableListMultimap<String, String> headers(
      PlatformKey key, Instant at, String signedBody) {
    String timestamp = Long.toString(at.getEpochSecond());
    return ImmutableListMultimap.<String, String>builder()
        .put("wechatpay-timestamp", timestamp)
        .put("wechatpay-nonce", "EcaaZHEqKVcZR2XqyN2JLwLvRrGcLhLD")
        .put("wechatpay-serial", key.serial())
        .put("wechatpay-signature-type", "WECHATPAY2-SHA256-RSA2048")
        .put(
            "wechatpay-signature",
            key.sign(timestamp, "EcaaZHEqKVcZR2XqyN2JLwLvRrGcLhLD", signedBody))
        .put("content-type", "application/json")
        .build();
  }

  /** The list of these certificates, as GET /v3/certificates answers it. */
  static String certificates(TestCertificates... certificates) throws GeneralSecurityException {
    StringBuilder list = new StringBuilder();
    for (TestCertificates certificate : certificates) {
      list.append(list.isEmpty() ? "" : ",")
          .append(
              """
              {"serial_no":"%s","effective_time":"2026-01-01T00:00:00+08:00",
              "expire_time":"2031-01-01T00:00:00+08:00","encrypt_certificate":{%s}}"""
                  .formatted(
                      WechatPayKeys.serial(certificate.certificate()),
                      sealed(certificate.pem(), "certificate")));
    }
    return "{\"data\":[" + list + "]}";
  }

  static PlatformKey key(TestCertificates certificate) {
    return new PlatformKey(
        WechatPayKeys.serial(certificate.certificate()), certificate.keyPair().getPrivate());
  }
}
