package dev.durablecheckout.sandbox.gateway.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a person sees and can press, without any script. */
class WechatBuyerPageTest extends WechatScene {
  private static final Pattern FORM = Pattern.compile("action=\"(/buyer/[^\"]+)\"");

  private String content(PayOrder payOrder) throws Exception {
    return Objects.requireNonNull(
        Objects.requireNonNull(merchant.channel().prepay(payOrder).credential()).content());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return WechatMerchant.get(merchant.gateway.uri(path));
  }

  /** Where a redirect leads to. */
  private HttpResponse<String> follow(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
    return WechatMerchant.get(URI.create(response.headers().firstValue("Location").orElseThrow()));
  }

  private HttpResponse<String> press(HttpResponse<String> page, String action) throws Exception {
    Matcher form = FORM.matcher(page.body());
    assertThat(form.find()).as(page.body()).isTrue();
    return WechatMerchant.postForm(merchant.gateway.uri(form.group(1)), "action=" + action);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void theTextOfAQrCodeOpensThePayment() throws Exception {
    PayOrder payOrder = merchant.payOrder(PayMethod.QR, 1);
    String qr = content(payOrder);

    assertThat(get("/buyer").body()).contains("¥12.34", "name=\"code_url\"");
    HttpResponse<String> page = follow(get("/buyer/qr?code_url=" + encode(qr)));
    assertThat(page.body()).contains("¥12.34", "茶 &lt;b&gt;tea", "To be paid");
    assertThat(page.body()).doesNotContain("<b>", "<script");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");

    HttpResponse<String> paid = follow(press(page, "pay"));

    assertThat(paid.body()).contains("Paid · 已付款").doesNotContain("<form");
    assertThat(merchant.book(payOrder).paidFen()).isEqualTo(1234);
    assertThat(get("/buyer").body()).doesNotContain("¥12.34");
    HttpResponse<String> again = press(page, "pay");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("ORDERPAID", "该订单已支付");
  }

  @Test
  void aPhonesBrowserGoesBackToTheMerchantAfterPaying() throws Exception {
    PayOrder payOrder = merchant.payOrder(PayMethod.H5, 2);
    URI h5 = URI.create(content(payOrder));
    assertThat(h5.getQuery()).contains("redirect_url=https://shop.example/back?a=1&b=2");
    HttpResponse<String> page = WechatMerchant.get(h5);
    assertThat(page.body()).contains("value=\"https://shop.example/back?a=1&amp;b=2\"");
    Matcher form = FORM.matcher(page.body());
    assertThat(form.find()).isTrue();
    HttpResponse<String> back =
        WechatMerchant.postForm(
            merchant.gateway.uri(form.group(1)),
            "action=pay&redirect_url=" + encode("https://shop.example/back?a=1&b=2"));
    assertThat(back.headers().firstValue("Location")).contains("https://shop.example/back?a=1&b=2");
    assertThat(merchant.book(payOrder).paidFen()).isEqualTo(1234);
  }

  @Test
  void anH5PageIsGoodForFiveMinutes() throws Exception {
    HttpResponse<String> response =
        merchant.call(
            "POST",
            "/v3/pay/transactions/h5",
            """
            {"appid":"wx0000000000000001","mchid":"1900000109","description":"tea","out_trade_no":"ORDER-1",
            "notify_url":"%s","amount":{"total":100},
            "scene_info":{"payer_client_ip":"1.2.3.4","h5_info":{"type":"Wap"}}}"""
                .formatted(merchant.notifyUrl()));
    URI h5 = URI.create(new ObjectMapper().readTree(response.body()).get("h5_url").asText());
    merchant.clock.advance(Duration.ofMinutes(5));
    assertThat(WechatMerchant.get(h5).body())
        .contains("The code has expired", "Pay although expired");
  }

  @Test
  void aPageInsideWechatPaysByTheBridge() throws Exception {
    PayOrder payOrder = merchant.payOrder(PayMethod.JSAPI, 3);
    Map<String, String> parameters =
        Objects.requireNonNull(
            Objects.requireNonNull(merchant.channel().prepay(payOrder).credential()).parameters());
    String form = form(parameters);

    HttpResponse<String> forged = bridge(form.replace("nonceStr=", "nonceStr=x"));
    assertThat(forged.body()).contains("get_brand_wcpay_request:fail SIGN_ERROR");
    HttpResponse<String> paid = bridge(form);

    assertThat(paid.body()).isEqualTo("{\"err_msg\":\"get_brand_wcpay_request:ok\"}");
    assertThat(paid.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(merchant.book(payOrder).paidFen()).isEqualTo(1234);
    assertThat(bridge(form).body()).contains(":fail ORDERPAID");
  }

  private HttpResponse<String> bridge(String form) throws Exception {
    return WechatMerchant.postForm(merchant.gateway.uri("/buyer/jsapi"), form);
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
        .collect(Collectors.joining("&"));
  }

  @Test
  void aReplacedCodeOpensNothing() throws Exception {
    PayOrder payOrder = merchant.payOrder(PayMethod.QR, 4);
    String first = content(payOrder);
    content(payOrder);
    assertThat(follow(get("/buyer/qr?code_url=" + encode(first))).statusCode()).isEqualTo(404);
  }

  @Test
  void aClosedPaymentCanOnlyBePaidLate() throws Exception {
    PayOrder payOrder = merchant.payOrder(PayMethod.QR, 5);
    String qr = content(payOrder);
    merchant.channel().close(payOrder);
    HttpResponse<String> page = follow(get("/buyer/qr?code_url=" + encode(qr)));
    assertThat(page.body()).contains("Closed", "pay_late");
    assertThat(press(page, "pay").statusCode()).isEqualTo(409);
    press(page, "pay_late");
    assertThat(merchant.book(payOrder).paidFen()).isEqualTo(1234);
  }

  @Test
  void loggingInLeadsBackWithACodeAndTheState() throws Exception {
    HttpResponse<String> response =
        get(
            "/connect/oauth2/authorize?appid=%s&redirect_uri=%s&response_type=code&scope=snsapi_base&state=%s"
                .formatted(
                    WechatMerchant.OFFICIAL_ACCOUNT,
                    encode("https://shop.example/cashier?x=1"),
                    encode("a b")));
    String location = response.headers().firstValue("Location").orElseThrow();
    assertThat(location)
        .startsWith("https://shop.example/cashier?x=1&code=")
        .endsWith("&state=a+b");
    String code = location.replaceAll(".*code=([^&]+)&.*", "$1");
    assertThat(merchant.channel().identify(PayMethod.JSAPI, code).openid())
        .isEqualTo(merchant.gateway.buyer().openid(WechatMerchant.OFFICIAL_ACCOUNT));
    assertThat(
            get("/connect/oauth2/authorize?appid=wx9&redirect_uri=http%3A%2F%2Fx&response_type=code")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void aServiceOrderIsConfirmedOnItsPage() throws Exception {
    String body =
        """
        {"appid":"%s","service_id":"500001","out_order_no":"S1","service_introduction":"一把<伞>",
        "time_range":{"start_time":"OnAccept"},"risk_fund":{"name":"DEPOSIT","amount":9900},
        "notify_url":"%s","need_user_confirm":true}"""
            .formatted(WechatMerchant.MINI_PROGRAM, merchant.notifyUrl());
    merchant.call("POST", "/v3/payscore/serviceorder", body);
    assertThat(get("/buyer").body()).contains("一把&lt;伞&gt;");
    HttpResponse<String> page = get("/buyer/service/S1");
    assertThat(page.body()).contains("To be confirmed", "¥99.00");

    HttpResponse<String> confirmed = follow(press(page, "confirm"));

    assertThat(confirmed.body()).contains("In service", "Have no money");
    assertThat(merchant.gateway.payScoreBuyer().state("S1")).isEqualTo("USER_CONFIRM");
    assertThat(follow(press(confirmed, "money_off")).body()).contains("Have money again");
    assertThat(get("/buyer/payscore?mch_id=1900000109&sign_type=HMAC-SHA256&sign=x").statusCode())
        .isEqualTo(400);
  }
}
