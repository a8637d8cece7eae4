package dev.durablecheckout.sandbox.gateway.alipay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Strings;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of a known application, rightly signed.
 *
 * @param business the members of {@code biz_content}
 */
record MerchantCall(
    Method method, AppRegistration app, Map<String, String> parameters, JsonNode business) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The calls that are answered. */
  enum Method {
    PRECREATE("alipay.trade.precreate"),
    PAGE_PAY("alipay.trade.page.pay"),
    WAP_PAY("alipay.trade.wap.pay"),
    APP_PAY("alipay.trade.app.pay"),
    PAY("alipay.trade.pay"),
    QUERY("alipay.trade.query"),
    CLOSE("alipay.trade.close"),
    CANCEL("alipay.trade.cancel"),
    REFUND("alipay.trade.refund"),
    REFUND_QUERY("alipay.trade.fastpay.refund.query"),
    BILL_URL("alipay.data.dataservice.bill.downloadurl.query");

    private final String wireName;

    Method(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }

    /** The name of the response object. */
    String root() {
      return wireName.replace('.', '_') + "_response";
    }

    /** Whether the buyer's browser brings it, and is to be answered with a page. */
    boolean isPage() {
      return this == PAGE_PAY || this == WAP_PAY;
    }

    static Optional<Method> of(@Nullable String wireName) {
      return List.of(values()).stream().filter(each -> each.wireName.equals(wireName)).findFirst();
    }
  }

  /** Checks a request in the order in which the real gateway does: application, then signature. */
  static MerchantCall check(Map<String, String> parameters, Apps apps)
      throws InvalidRequestException {
    required(parameters, "method", "method");
    AppRegistration app = apps.find(required(parameters, "app_id", "app-id"));
    if (app == null) {
      throw InvalidRequestException.invalid("invalid-app-id", "无效的AppID参数");
    }
    apps.checkCertificates(parameters);
    String signType = required(parameters, "sign_type", "signature-type");
    String signature = required(parameters, "sign", "signature");
    if (!signType.equals("RSA2")
        || !RsaKeys.verifies(app.publicKey(), SignedText.ofRequest(parameters), signature)) {
      throw InvalidRequestException.invalid("invalid-signature", "验签出错");
    }
    Method method =
        Method.of(parameters.get("method"))
            .orElseThrow(() -> InvalidRequestException.invalid("invalid-method", "不存在的方法名"));
    checkProtocol(parameters);
    return new MerchantCall(method, app, parameters, business(parameters));
  }

  private static void checkProtocol(Map<String, String> parameters) throws InvalidRequestException {
    required(parameters, "version", "version");
    if (!required(parameters, "charset", "charset").toLowerCase(Locale.ROOT).equals("utf-8")) {
      throw InvalidRequestException.invalid("invalid-charset", "字符集错误");
    }
    if (AlipayTime.parse(required(parameters, "timestamp", "timestamp")).isEmpty()) {
      throw InvalidRequestException.invalid("invalid-timestamp", "非法的时间戳参数");
    }
  }

  private static JsonNode business(Map<String, String> parameters) throws InvalidRequestException {
    try {
      JsonNode business = JSON.readTree(parameters.getOrDefault("biz_content", ""));
      if (business.isObject()) {
        return business;
      }
    } catch (JsonProcessingException e) {
      // Said below, as for any other thing that is no object.
    }
    throw InvalidRequestException.invalid("illegal-json", "JSON格式错误");
  }

  private static String required(Map<String, String> parameters, String name, String errorName)
      throws InvalidRequestException {
    String value = parameters.get(name);
    if (Strings.isNullOrEmpty(value)) {
      throw InvalidRequestException.missing(errorName);
    }
    return value;
  }

  /** A member of the business content; null if it is absent or empty. */
  @Nullable String member(String name) {
    return Strings.emptyToNull(business.path(name).asText(""));
  }

  @Nullable String parameter(String name) {
    return Strings.emptyToNull(parameters.get(name));
  }
}
