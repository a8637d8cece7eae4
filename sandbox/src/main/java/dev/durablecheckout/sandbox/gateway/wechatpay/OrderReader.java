package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Strings;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a merchant asks for, as strictly as WeChat Pay does. */
final class OrderReader {
  static final Pattern OUT_TRADE_NO = Pattern.compile("[0-9A-Za-z_\\-|*]{6,32}");
  static final Pattern OUT_REFUND_NO = Pattern.compile("[0-9A-Za-z_\\-|*@]{1,64}");
  static final Pattern ANY = Pattern.compile(".+", Pattern.DOTALL);

  /** The real one takes https alone, which a sandbox on one machine has not. */
  private static final Pattern NOTIFY_URL = Pattern.compile("https?://[^?#\\s]{1,240}");

  private static final Pattern DESCRIPTION = Pattern.compile(".{1,127}", Pattern.DOTALL);
  private static final Pattern OPENID = Pattern.compile("[0-9A-Za-z_-]{1,128}");
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
  private static final Pattern H5_TYPE = Pattern.compile("iOS|Android|Wap");
  private static final int MAX_ATTACH = 128;
  private static final int MAX_TIME = 64;
  private static final int MAX_REASON = 80;
  private static final int MAX_NOTIFY_URL = 256;

  private final WechatLogins logins;

  OrderReader(WechatLogins logins) {
    this.logins = logins;
  }

  /** The order of a prepay call. */
  WechatOrder order(MerchantCall call, TradeType tradeType) {
    JsonNode body = call.body();
    String appId = Json.text(body, "/appid", ANY);
    checkMchId(call, Json.text(body, "/mchid", ANY));
    if (!call.merchant().appSecrets().containsKey(appId)) {
      throw new WechatRefusedException(WechatRefusal.APPID_MCHID_NOT_MATCH);
    }
    currency(body);
    @Nullable String openid =
        tradeType == TradeType.JSAPI ? Json.text(body, "/payer/openid", OPENID) : null;
    if (openid != null && logins.isOfAnotherApp(openid, appId)) {
      throw new WechatRefusedException(WechatRefusal.OPENID_MISMATCH);
    }
    return new WechatOrder(
        call.merchant().mchId(),
        appId,
        Json.text(body, "/out_trade_no", OUT_TRADE_NO),
        tradeType,
        Json.text(body, "/description", DESCRIPTION),
        Strings.nullToEmpty(Json.optional(body, "/attach", MAX_ATTACH)),
        Json.text(body, "/notify_url", NOTIFY_URL),
        Json.number(body, "/amount/total", 1),
        openid,
        tradeType == TradeType.MWEB ? clientIp(body) : null,
        time(body));
  }

  /** A merchant's own number is in the request as well, and in each query and close. */
  static void checkMchId(MerchantCall call, String mchId) {
    if (!mchId.equals(call.merchant().mchId())) {
      throw new WechatRefusedException(WechatRefusal.MCHID_OTHER, "mchid");
    }
  }

  private static String clientIp(JsonNode body) {
    Json.text(body, "/scene_info/h5_info/type", H5_TYPE);
    return Json.text(body, "/scene_info/payer_client_ip", ADDRESS);
  }

  private static void currency(JsonNode body) {
    String currency = Json.optional(body, "/amount/currency", MAX_TIME);
    if (currency != null && !currency.equals("CNY")) {
      throw Json.wrong("amount/currency");
    }
  }

  private static @Nullable Instant time(JsonNode body) {
    String time = Json.optional(body, "/time_expire", MAX_TIME);
    try {
      return time == null ? null : OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) {
      throw Json.wrong("time_expire");
    }
  }

  static PaymentRegister.RefundRequest refund(JsonNode body) {
    currency(body);
    @Nullable String notifyUrl = Json.optional(body, "/notify_url", MAX_NOTIFY_URL);
    return new PaymentRegister.RefundRequest(
        Json.text(body, "/out_refund_no", OUT_REFUND_NO),
        Json.number(body, "/amount/refund", 1),
        Json.number(body, "/amount/total", 1),
        Strings.nullToEmpty(Json.optional(body, "/reason", MAX_REASON)),
        notifyUrl == null ? null : Json.text(body, "/notify_url", NOTIFY_URL));
  }
}
