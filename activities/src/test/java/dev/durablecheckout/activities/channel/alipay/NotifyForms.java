package dev.durablecheckout.activities.channel.alipay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.alipay.api.AlipayApiException;
import com.alipay.api.internal.util.AlipaySignature;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.security.PrivateKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Notifies as Alipay sends them, signed by its own SDK. */
final class NotifyForms {
  private NotifyForms() {}

  /** The fields of a payment's notify, in the order of a real one; without its signature. */
  static Map<String, String> payment() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("gmt_create", "2026-03-01 18:00:00");
    fields.put("charset", "utf-8");
    fields.put("gmt_payment", "2026-03-01 18:05:06");
    fields.put("notify_time", "2026-03-01 18:05:07");
    fields.put("subject", "茶 & cake + 100%");
    fields.put("buyer_id", "2088102534368455");
    fields.put("version", "1.0");
    fields.put("notify_id", "2026030100222180506068450559358070");
    fields.put("fund_bill_list", "[{\"amount\":\"12.34\",\"fundChannel\":\"ALIPAYACCOUNT\"}]");
    fields.put("notify_type", "trade_status_sync");
    fields.put("out_trade_no", AlipayFixtures.OUT_TRADE_NO.value());
    fields.put("total_amount", "12.34");
    fields.put("trade_status", "TRADE_SUCCESS");
    fields.put("trade_no", "2026030122001468450512505578");
    fields.put("auth_app_id", AlipayFixtures.APP_ID);
    fields.put("app_id", AlipayFixtures.APP_ID);
    fields.put("seller_id", AlipayFixtures.SELLER_ID);
    fields.put("passback_params", "shop.A-1_b");
    return fields;
  }

  static Map<String, String> paymentWith(String name, String value) {
    Map<String, String> fields = payment();
    fields.put(name, value);
    return fields;
  }

  static byte[] signed(Map<String, String> fields, Charset charset) {
    return signed(fields, charset, TestKeys.ALIPAY.getPrivate());
  }

  static byte[] signed(Map<String, String> fields, Charset charset, PrivateKey key) {
    Map<String, String> message = new LinkedHashMap<>(fields);
    try {
      message.put(
          "sign", AlipaySignature.sign(fields, TestKeys.base64(key), charset.name(), "RSA2"));
    } catch (AlipayApiException e) {
      throw new AssertionError(e);
    }
    message.put("sign_type", "RSA2");
    return encode(message, charset);
  }

  static byte[] encode(Map<String, String> message, Charset charset) {
    return message.entrySet().stream()
        .map(
            field ->
                URLEncoder.encode(field.getKey(), charset)
                    + "="
                    + URLEncoder.encode(field.getValue(), charset))
        .collect(Collectors.joining("&"))
        .getBytes(US_ASCII);
  }
}
