package dev.durablecheckout.api.scene;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes notifies as Alipay does: sorted, signed with RSA2, form-encoded. */
public final class AlipaySigner {
  public static final String APP_ID = "2021000000000001";
  public static final String SELLER_ID = "2088000000000001";

  private final KeyPair keys;

  public AlipaySigner() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
  }

  String publicKey() {
    return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
  }

  /** A notify of a payment in full; {@code changes} replace fields before it is signed. */
  public String paid(
      String checkoutId, String outTradeNo, String yuan, Map<String, String> changes) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("notify_id", "n-" + outTradeNo);
    fields.put("notify_type", "trade_status_sync");
    fields.put("charset", "utf-8");
    fields.put("app_id", APP_ID);
    fields.put("seller_id", SELLER_ID);
    fields.put("out_trade_no", outTradeNo);
    fields.put("trade_no", "2026" + outTradeNo);
    fields.put("trade_status", "TRADE_SUCCESS");
    fields.put("total_amount", yuan);
    fields.put("gmt_payment", "2026-11-24 10:00:00");
    fields.put("passback_params", URLEncoder.encode(checkoutId, StandardCharsets.UTF_8));
    fields.putAll(changes);
    return signed(fields);
  }

  private String signed(Map<String, String> fields) {
    String content =
        fields.entrySet().stream()
            .filter(field -> !field.getValue().isEmpty())
            .map(field -> field.getKey() + "=" + field.getValue())
            .collect(Collectors.joining("&"));
    fields.put("sign_type", "RSA2");
    fields.put("sign", sign(content));
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private String sign(String content) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(content.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
