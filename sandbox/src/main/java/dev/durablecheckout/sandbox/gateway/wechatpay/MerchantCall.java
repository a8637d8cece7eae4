package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.sandbox.http.Request;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call of a known merchant, rightly signed.
 *
 * @param number what the path ends in or holds; empty if nothing
 * @param base how a buyer reaches the gateway
 * @param platformSerial of the key of WeChat Pay's that the merchant knows and seals with
 */
record MerchantCall(
    Api api,
    MchRegistration merchant,
    String number,
    Map<String, String> query,
    JsonNode body,
    URI base,
    String platformSerial) {
  private static final String SERVICE_ORDER = "/v3/payscore/serviceorder";
  private static final String TRANSFER_BILLS = "/v3/fund-app/mch-transfer/transfer-bills";

  /** The calls that are answered, under the names that faults go by. */
  enum Api {
    NATIVE("POST", "/v3/pay/transactions/native", TradeType.NATIVE),
    JSAPI("POST", "/v3/pay/transactions/jsapi", TradeType.JSAPI),
    APP("POST", "/v3/pay/transactions/app", TradeType.APP),
    H5("POST", "/v3/pay/transactions/h5", TradeType.MWEB),
    QUERY("GET", "/v3/pay/transactions/out-trade-no/([^/]+)"),
    QUERY_BY_ID("query", "GET", "/v3/pay/transactions/id/([^/]+)"),
    CLOSE("POST", "/v3/pay/transactions/out-trade-no/([^/]+)/close"),
    REFUND("POST", "/v3/refund/domestic/refunds"),
    REFUND_QUERY("GET", "/v3/refund/domestic/refunds/([^/]+)"),
    CERTIFICATES("GET", "/v3/certificates"),
    TRADE_BILL("GET", "/v3/bill/tradebill"),
    BILL_FILE("GET", "/v3/billdownload/file"),
    SERVICE_CREATE("POST", SERVICE_ORDER),
    SERVICE_QUERY("GET", SERVICE_ORDER),
    SERVICE_CANCEL("POST", SERVICE_ORDER + "/([^/]+)/cancel"),
    SERVICE_MODIFY("POST", SERVICE_ORDER + "/([^/]+)/modify"),
    SERVICE_COMPLETE("POST", SERVICE_ORDER + "/([^/]+)/complete"),
    SERVICE_PAY("POST", SERVICE_ORDER + "/([^/]+)/pay"),
    SERVICE_SYNC("POST", SERVICE_ORDER + "/([^/]+)/sync"),
    TRANSFER("POST", TRANSFER_BILLS),
    TRANSFER_QUERY("GET", TRANSFER_BILLS + "/out-bill-no/([^/]+)"),
    TRANSFER_CANCEL("POST", TRANSFER_BILLS + "/out-bill-no/([^/]+)/cancel");

    private final String faultName;
    private final String method;
    private final Pattern path;
    private final Optional<TradeType> tradeType;

    Api(String method, String path) {
      this.faultName = name().toLowerCase(Locale.ROOT);
      this.method = method;
      this.path = Pattern.compile(path);
      this.tradeType = Optional.empty();
    }

    Api(String faultName, String method, String path) {
      this.faultName = faultName;
      this.method = method;
      this.path = Pattern.compile(path);
      this.tradeType = Optional.empty();
    }

    Api(String method, String path, TradeType tradeType) {
      this.faultName = name().toLowerCase(Locale.ROOT);
      this.method = method;
      this.path = Pattern.compile(path);
      this.tradeType = Optional.of(tradeType);
    }

    String faultName() {
      return faultName;
    }

    /** What kind of payment it asks for, if it asks for one. */
    Optional<TradeType> tradeType() {
      return tradeType;
    }

    static Optional<Api> of(String method, String path) {
      return Arrays.stream(values())
          .filter(api -> api.method.equals(method) && api.path.matcher(path).matches())
          .findFirst();
    }

    /** Whether there is such a path, for whichever method. */
    static boolean knows(String path) {
      return Arrays.stream(values()).anyMatch(api -> api.path.matcher(path).matches());
    }

    private String number(String requestPath) {
      Matcher matcher = path.matcher(requestPath);
      return matcher.matches() && matcher.groupCount() == 1 ? matcher.group(1) : "";
    }
  }

  static MerchantCall of(Api api, MchRegistration merchant, Request request, URI base) {
    return new MerchantCall(
        api,
        merchant,
        api.number(request.path()),
        request.query(),
        Json.parse(request.text()),
        base,
        request.header("wechatpay-serial").orElse(""));
  }
}
