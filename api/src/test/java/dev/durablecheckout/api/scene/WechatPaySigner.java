package dev.durablecheckout.api.scene;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Writes notifies as WeChat Pay does: sealed with the API v3 key, signed with its public key. */
public final class WechatPaySigner {
  static final String MCH_ID = "1900000001";
  static final String APP_ID = "wx0000000000000001";
  static final String KEY_ID = "PUB_KEY_ID_0119000000012026112400000000000001";
  public static final String API_V3_KEY = "0123456789abcdef0123456789abcdef";

  private static final String NONCE = "fdasfjihihih";

  private final KeyPair keys;

  WechatPaySigner() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
  }

  /** The account in the API's configuration. */
  Map<String, Object> account() {
    return account((Object) API_V3_KEY);
  }

  /** The same, with its secret in a file. */
  Map<String, Object> account(Path apiV3Key) {
    return account(Map.of("file", apiV3Key.toString()));
  }

  private Map<String, Object> account(Object apiV3Key) {
    return Map.of(
        "mch_id",
        MCH_ID,
        "official_account",
        Map.of("app_id", APP_ID),
        "api_v3_key",
        apiV3Key,
        "public_key",
        Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()),
        "public_key_id",
        KEY_ID,
        "pay_score",
        Map.of("service_id", "500001"));
  }

  /** The body of a notify of a payment in full. */
  public String paid(String checkoutId, String outTradeNo, long fen) {
    return paid(checkoutId, outTradeNo, fen, MCH_ID);
  }

  /** The same, to this account. */
  public String paid(String checkoutId, String outTradeNo, long fen, String mchId) {
    String transaction =
        """
        {"mchid":"%s","appid":"%s","out_trade_no":"%s","transaction_id":"42000%s","trade_type":"NATIVE",
        "trade_state":"SUCCESS","bank_type":"OTHERS","attach":"%s","success_time":"2026-11-24T10:00:00+08:00",
        "payer":{"openid":"o"},"amount":{"total":%d,"payer_total":%d,"currency":"CNY","payer_currency":"CNY"}}"""
            .formatted(mchId, APP_ID, outTradeNo, outTradeNo, checkoutId, fen, fen);
    return """
        {"id":"EV-%s","create_time":"2026-11-24T10:00:01+08:00","event_type":"TRANSACTION.SUCCESS",\
        "resource_type":"encrypt-resource","summary":"支付成功","resource":{"original_type":"transaction",\
        "algorithm":"AEAD_AES_256_GCM","associated_data":"transaction","nonce":"%s","ciphertext":"%s"}}"""
        .formatted(outTradeNo, NONCE, seal(transaction));
  }

  private static String seal(String text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(API_V3_KEY.getBytes(UTF_8), "AES"),
          new GCMParameterSpec(128, NONCE.getBytes(UTF_8)));
      cipher.updateAAD("transaction".getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(cipher.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The headers that go with a body, each time other ones: names and values in turn. */
  public String[] headers(String body, Instant at) {
    String timestamp = Long.toString(at.getEpochSecond());
    String nonce = UUID.randomUUID().toString().replace("-", "");
    return headers(timestamp, nonce, sign(timestamp + "\n" + nonce + "\n" + body + "\n"));
  }

  /** The headers of a probe: well formed, and signed by nobody. */
  public String[] probe(Instant at) {
    return headers(
        Long.toString(at.getEpochSecond()), "probe", "WECHATPAY/SIGNTEST/" + "A".repeat(325));
  }

  private static String[] headers(String timestamp, String nonce, String signature) {
    return new String[] {
      "Wechatpay-Timestamp", timestamp,
      "Wechatpay-Nonce", nonce,
      "Wechatpay-Serial", KEY_ID,
      "Wechatpay-Signature", signature,
      "Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048",
      "Content-Type", "application/json"
    };
  }

  private String sign(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(text.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
