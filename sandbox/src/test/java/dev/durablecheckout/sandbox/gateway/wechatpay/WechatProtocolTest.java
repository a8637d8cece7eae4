package dev.durablecheckout.sandbox.gateway.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, to the letter: whom the gateway believes and how it says no. */
class WechatProtocolTest extends WechatScene {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUERY =
      "/v3/pay/transactions/out-trade-no/ORDER-1?mchid=" + WechatMerchant.MCH_ID;
  private static final String CLOSE = "/v3/pay/transactions/out-trade-no/ORDER-1/close";
  private static final String CLOSE_BODY = "{\"mchid\":\"" + WechatMerchant.MCH_ID + "\"}";

  private String order() {
    return """
        {"appid":"wx0000000000000001","mchid":"1900000109","description":"tea","out_trade_no":"ORDER-1",
        "notify_url":"%s","amount":{"total":100,"currency":"CNY"}}"""
        .formatted(merchant.notifyUrl());
  }

  private HttpResponse<String> prepay(String body) throws Exception {
    return merchant.call("POST", "/v3/pay/transactions/native", body);
  }

  private static void assertRefused(
      HttpResponse<String> response, int status, String code, String message) throws Exception {
    JsonNode body = JSON.readTree(response.body());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(body.path("code").asText()).isEqualTo(code);
    assertThat(body.path("message").asText()).isEqualTo(message);
    assertThat(response.headers().firstValue("Request-ID")).isPresent();
    assertThat(response.headers().map().keySet())
        .as("errors are not signed")
        .noneMatch(name -> name.startsWith("Wechatpay"));
  }

  private HttpResponse<String> query(String authorization) throws Exception {
    return WechatMerchant.send(merchant.request("GET", QUERY, "", authorization));
  }

  @Test
  void theNamesOfHeadersAreWrittenAsClientsLookForThem() throws Exception {
    String answer =
        RawHttp.exchange(
            merchant.gateway.gatewayUrl(),
            "GET",
            "/v3/certificates",
            List.of(
                "Accept: application/json",
                "User-Agent: test",
                "Authorization: "
                    + WechatMerchant.authorization("GET", "/v3/certificates", "", Instant.now())));
    assertThat(answer)
        .startsWith("HTTP/1.1 200 ")
        .contains(
            "\r\nWechatpay-Timestamp: ",
            "\r\nWechatpay-Nonce: ",
            "\r\nWechatpay-Serial: " + WechatMerchant.CERTIFICATE.serialNo() + "\r\n",
            "\r\nWechatpay-Signature: ",
            "\r\nWechatpay-Signature-Type: WECHATPAY2-SHA256-RSA2048\r\n",
            "\r\nRequest-ID: ",
            "\r\nContent-Type: application/json\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Accept: application/json", "User-Agent: test"})
  void whoSendsOnlyOneOfAcceptAndUserAgentIsTurnedAway(String header) throws Exception {
    assertThat(
            RawHttp.exchange(
                merchant.gateway.gatewayUrl(), "GET", "/v3/certificates", List.of(header)))
        .startsWith("HTTP/1.1 400 ")
        .contains("Http头缺少Accept或User-Agent");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v3/pay/transactions/out-trade-no/ORDER-1?mchid=1900000109, '签名信息错误，验签失败'",
    "GET, /v3/certificates, Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》",
    "GET, /v3/refund/domestic/refunds/R1, Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》"
  })
  void whoDoesNotSignIsTurnedAway(String method, String target, String message) throws Exception {
    assertRefused(
        WechatMerchant.send(merchant.request(method, target, "", "Basic x")),
        401,
        "SIGN_ERROR",
        message);
  }

  @Test
  void theTimeIsLookedAtBeforeTheSignature() throws Exception {
    String stale =
        WechatMerchant.authorization(
            WechatMerchant.MCH_ID,
            "0000",
            RsaKeys.generate(),
            Instant.now().minus(Duration.ofMinutes(6)),
            "GET",
            QUERY,
            "");
    assertRefused(query(stale), 401, "SIGN_ERROR", "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟");
  }

  @ParameterizedTest
  @CsvSource({
    "1900000109, 5157F09EFDC096DE15EBE81A47057A7232F1B8E2, '商户证书序列号有误。请使用签名私钥匹配的证书序列号'",
    "1900000108, 5157F09EFDC096DE15EBE81A47057A7232F1B8E1, '签名信息错误，验签失败'"
  })
  void anotherCertificateOrMerchantIsTurnedAway(String mchId, String serialNo, String message)
      throws Exception {
    assertRefused(
        query(
            WechatMerchant.authorization(
                mchId, serialNo, WechatMerchant.KEYS, Instant.now(), "GET", QUERY, "")),
        401,
        "SIGN_ERROR",
        message);
  }

  @Test
  void aSignatureIsOverTheVeryTargetAndTheVeryBody() throws Exception {
    Instant now = Instant.now();
    assertRefused(
        query(WechatMerchant.authorization("GET", QUERY + "&x=1", "", now)),
        401,
        "SIGN_ERROR",
        "签名信息错误，验签失败");
    assertRefused(
        WechatMerchant.send(
            merchant.request(
                "POST",
                CLOSE,
                CLOSE_BODY + " ",
                WechatMerchant.authorization("POST", CLOSE, CLOSE_BODY, now))),
        401,
        "SIGN_ERROR",
        "签名信息错误，验签失败");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v3/certificates, 405",
    "GET, /v3/pay/transactions/native, 405",
    "GET, /v3/pay/transactions, 404",
    "POST, /v3/nothing, 404"
  })
  void anotherMethodOrPathGetsAnEmptyAnswer(String method, String target, int status)
      throws Exception {
    HttpResponse<String> response = merchant.call(method, target, "");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void anAnswerWithoutABodyIsSignedAsWell() throws Exception {
    prepay(order());
    HttpResponse<String> closed = merchant.call("POST", CLOSE, CLOSE_BODY);
    assertThat(closed.statusCode()).isEqualTo(204);
    assertThat(closed.headers().firstValue("Wechatpay-Serial"))
        .contains(WechatMerchant.PUBLIC_KEY_ID);
    assertThat(
            RsaKeys.verifies(
                WechatMerchant.PLATFORM.publicKey(),
                header(closed, "Wechatpay-Timestamp")
                    + "\n"
                    + header(closed, "Wechatpay-Nonce")
                    + "\n\n",
                header(closed, "Wechatpay-Signature")))
        .isTrue();
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElseThrow();
  }

  @Test
  void aCertificateSignsForWhoNamesOne() throws Exception {
    prepay(order());
    HttpRequest.Builder request =
        merchant
            .request(
                "GET", QUERY, "", WechatMerchant.authorization("GET", QUERY, "", Instant.now()))
            .setHeader("Wechatpay-Serial", WechatMerchant.CERTIFICATE.serialNo());
    HttpResponse<String> response = WechatMerchant.send(request);
    assertThat(header(response, "Wechatpay-Serial"))
        .isEqualTo(WechatMerchant.CERTIFICATE.serialNo());
    assertThat(
            RsaKeys.verifies(
                WechatMerchant.CERTIFICATE.keys().publicKey(),
                header(response, "Wechatpay-Timestamp")
                    + "\n"
                    + header(response, "Wechatpay-Nonce")
                    + "\n"
                    + response.body()
                    + "\n",
                header(response, "Wechatpay-Signature")))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"mchid\":\"1900000109\" | \"mchid\":\"1900000108\" | 400 | PARAM_ERROR",
        "wx0000000000000001 | wx0000000000000009 | 400 | APPID_MCHID_NOT_MATCH",
        "ORDER-1 | SHORT | 400 | PARAM_ERROR",
        "ORDER-1 | ORDER/1 | 400 | PARAM_ERROR",
        "\"total\":100 | \"total\":0 | 400 | PARAM_ERROR",
        "\"total\":100 | \"total\":\"100\" | 400 | PARAM_ERROR",
        "CNY | USD | 400 | PARAM_ERROR",
        "/notify | /notify?a=1 | 400 | PARAM_ERROR",
        "{\"appid\" | \"appid\" | 400 | PARAM_ERROR"
      })
  void whatIsAskedForMustBeRight(String right, String wrong, int status, String code)
      throws Exception {
    HttpResponse<String> response = prepay(order().replace(right, wrong));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(JSON.readTree(response.body()).path("code").asText()).isEqualTo(code);
    assertThat(prepay(order()).statusCode()).isEqualTo(200);
  }

  @Test
  void theSameNumberWithOtherDataIsRefused() throws Exception {
    prepay(order());
    assertRefused(prepay(order().replace("100", "101")), 403, "OUT_TRADE_NO_USED", "商户订单号重复");
    assertRefused(
        prepay(order().replace("tea", "cake")), 400, "INVALID_REQUEST", "请求重入时，参数与首次请求时不一致");
    merchant.gateway.buyer().pay("ORDER-1");
    assertRefused(prepay(order()), 400, "ORDERPAID", "该订单已支付");
  }

  @Test
  void anUnpaidOrderIsToldOfAsTheRealOneDoes() throws Exception {
    prepay(order());
    JsonNode unpaid = JSON.readTree(merchant.call("GET", QUERY, "").body());
    assertThat(unpaid.at("/amount/currency").isMissingNode()).isTrue();
    assertThat(unpaid.at("/amount/payer_currency").asText()).isEqualTo("CNY");
    assertThat(unpaid.path("trade_state_desc").asText()).isEqualTo("订单未支付");
    assertThat(unpaid.has("transaction_id")).isFalse();
  }

  @Test
  void anOpenidOfAnotherApplicationIsRefused() throws Exception {
    String body =
        order()
            .replace(
                "\"amount\"",
                "\"payer\":{\"openid\":\"%s\"},\"amount\""
                    .formatted(merchant.gateway.buyer().openid(WechatMerchant.MINI_PROGRAM)));
    assertRefused(
        merchant.call("POST", "/v3/pay/transactions/jsapi", body),
        500,
        "OPENID_MISMATCH",
        "openid和appid不匹配");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "R1 | 60 | 100 | 400 | INVALID_REQUEST | 申请退款金额大于订单剩余可退金额",
        "R1 | 40 | 99 | 400 | INVALID_REQUEST | 订单金额或退款金额与之前请求不一致，请核实后再试",
        "R0 | 40 | 100 | 400 | INVALID_REQUEST | 退款单号重复，参数不一致"
      })
  void aRefundThatCannotBeIsRefused(
      String outRefundNo, long fen, long totalFen, int status, String code, String message)
      throws Exception {
    prepay(order());
    assertRefused(refund("R0", 50, 100), 400, "INVALID_REQUEST", "订单状态不允许退款");
    merchant.gateway.buyer().pay("ORDER-1");
    assertThat(refund("R0", 50, 100).statusCode()).isEqualTo(200);
    assertRefused(refund(outRefundNo, fen, totalFen), status, code, message);
    assertThat(merchant.gateway.books().get(0).refundedFen()).isEqualTo(50);
  }

  @Test
  void aRefundOfNothingAndAnUnknownRefundAreNotThere() throws Exception {
    assertRefused(refund("R1", 1, 1), 404, "RESOURCE_NOT_EXISTS", "订单不存在");
    assertRefused(
        merchant.call("GET", "/v3/refund/domestic/refunds/R1", ""),
        404,
        "RESOURCE_NOT_EXISTS",
        "退款单不存在");
  }

  private HttpResponse<String> refund(String outRefundNo, long fen, long totalFen)
      throws Exception {
    return merchant.call(
        "POST",
        "/v3/refund/domestic/refunds",
        """
        {"out_trade_no":"ORDER-1","out_refund_no":"%s","amount":{"refund":%d,"total":%d,"currency":"CNY"}}"""
            .formatted(outRefundNo, fen, totalFen));
  }
}
