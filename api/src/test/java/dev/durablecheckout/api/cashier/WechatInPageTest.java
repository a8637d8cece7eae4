package dev.durablecheckout.api.cashier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.durablecheckout.api.scene.ApiSettings;
import dev.durablecheckout.api.scene.Bodies;
import dev.durablecheckout.api.scene.Http;
import dev.durablecheckout.api.scene.Http.Answer;
import dev.durablecheckout.api.scene.Scene;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The noodle bar's page, opened inside WeChat and on phones. */
@Timeout(60)
final class WechatInPageTest {
  private static final String WECHAT =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
          + " Mobile/15E148 MicroMessenger/8.0.50 NetType/WIFI Language/zh_CN";
  private static final String PHONE =
      "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126 Mobile"
          + " Safari/537.36";

  private Scene scene;
  private Http http;
  private Http buyer;

  @BeforeEach
  void setUp() throws Exception {
    scene = Scene.get();
    http = scene.with(ApiSettings.WECHAT_KEY);
    buyer = scene.stranger();
  }

  @AfterEach
  void bringBack() {
    scene.clock().reset();
  }

  private record Opened(String id, String page) {}

  private Opened open(String method) {
    ObjectNode body = Bodies.checkout(Bodies.orderNo()).put("channel", "wechat_pay");
    body.put("return_url", "https://shop.example/order");
    if (method.isEmpty()) {
      body.remove("channel");
      body.remove("method");
    } else {
      body.put("method", method);
    }
    Answer answer = http.post("/v1/checkouts", body.toString());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return new Opened(answer.at("/checkout_id"), URI.create(answer.at("/cashier_url")).getPath());
  }

  private String page(Opened checkout, String query, String userAgent) {
    return buyer
        .get(checkout.page() + query, "User-Agent", userAgent, "Accept-Language", "en")
        .text();
  }

  private JsonNode payment(Opened checkout) {
    return http.get("/v1/checkouts/" + checkout.id()).json().path("payment");
  }

  private Map<String, String> authorization(Opened checkout) {
    Answer sent = buyer.get(checkout.page() + "/wechat?lang=en", "User-Agent", WECHAT);
    assertThat(sent.status()).isEqualTo(303);
    URI location = URI.create(sent.header("Location"));
    assertThat(location.toString())
        .startsWith("https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx");
    assertThat(location.getFragment()).isEqualTo("wechat_redirect");
    return Stream.of(location.getRawQuery().split("&"))
        .map(parameter -> parameter.split("=", 2))
        .collect(
            Collectors.toMap(
                parameter -> parameter[0],
                parameter -> URLDecoder.decode(parameter[1], StandardCharsets.UTF_8)));
  }

  private static String newCode() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private Answer comeBack(Opened checkout, String code, String state) {
    scene.clock().advance(Duration.ofSeconds(2));
    return buyer.get(
        checkout.page() + "/wechat/payer?lang=en&code=" + code + "&state=" + state,
        "User-Agent",
        WECHAT);
  }

  @Test
  void asksWechatWhoPaysAndComesBackToThisPage() {
    Opened checkout = open("");

    Map<String, String> asked = authorization(checkout);

    assertThat(asked)
        .containsEntry("appid", "wx0000000000000001")
        .containsEntry("response_type", "code")
        .containsEntry("scope", "snsapi_base")
        .containsEntry(
            "redirect_uri", "https://pay.example" + checkout.page() + "/wechat/payer?lang=en");
    assertThat(asked.get("state")).matches("[0-9a-z]{1,128}");
    assertThat(payment(checkout).isMissingNode()).as("a visit begins nothing").isTrue();
  }

  @Test
  void theBuyerPaysWithoutLeavingWechat() {
    Opened checkout = open("");
    String code = newCode();
    assertThat(page(checkout, "?go=1", WECHAT))
        .contains("/wechat?lang=en\" rel=\"noreferrer\" data-go")
        .doesNotContain("class=\"code\"");

    Answer back = comeBack(checkout, code, authorization(checkout).get("state"));

    assertThat(back.status()).isEqualTo(303);
    assertThat(back.header("Location"))
        .isEqualTo("https://pay.example" + checkout.page() + "?lang=en&go=1");
    String outTradeNo = payment(checkout).get("out_trade_no").asText();
    assertThat(scene.channel().begun(outTradeNo).payer().openid()).isEqualTo("openid-of-" + code);
    assertThat(page(checkout, "?go=1", WECHAT))
        .contains("prepay_id&#61;" + outTradeNo, "id=\"bridge\"", "data-parameters", "data-go");
    assertThat(page(checkout, "", WECHAT)).contains("id=\"bridge\"").doesNotContain("data-go");
    assertThat(page(checkout, "", PHONE))
        .contains("Please finish the payment inside WeChat", "value=\"wechat_pay h5\"")
        .doesNotContain("prepay_id");
  }

  @Test
  void thePageNeedsNoMoreThanOurOwnFiles() {
    Opened checkout = open("");
    comeBack(checkout, newCode(), authorization(checkout).get("state"));

    Answer page = buyer.get(checkout.page(), "User-Agent", WECHAT);

    assertThat(page.text()).doesNotContainPattern("<script(?![^>]* src=)");
    assertThat(page.header("Content-Security-Policy"))
        .contains("script-src 'self'", "form-action 'self'")
        .doesNotContain("weixin", "unsafe");
  }

  @Test
  void aStateIsGoodOnceWhateverTheCode() {
    Opened checkout = open("");
    String state = authorization(checkout).get("state");
    String first = newCode();
    comeBack(checkout, first, state);
    JsonNode payment = payment(checkout);

    assertThat(comeBack(checkout, first, state).status()).isEqualTo(303);
    String second = newCode();
    assertThat(comeBack(checkout, second, state).status()).isEqualTo(303);

    assertThat(scene.channel().timesAsked(first)).isEqualTo(1);
    assertThat(scene.channel().timesAsked(second)).isZero();
    assertThat(payment(checkout)).isEqualTo(payment);
  }

  @Test
  void aStateThatIsForgedOrOfAnotherPageOrTooOldBeginsNothing() {
    Opened checkout = open("");
    String state = authorization(checkout).get("state");
    String digit = state.endsWith("0") ? "1" : "0";
    String later = "f" + state.substring(1);

    for (String forged :
        new String[] {
          "",
          "0",
          "zz",
          state + "0",
          state.substring(1),
          later,
          state.substring(0, state.length() - 1) + digit,
          state.substring(0, 40),
          authorization(open("")).get("state")
        }) {
      Answer answer = comeBack(checkout, newCode(), forged);
      assertThat(answer.status()).as(forged).isEqualTo(303);
      assertThat(answer.header("Location"))
          .isEqualTo("https://pay.example" + checkout.page() + "?lang=en");
    }
    String fresh = authorization(checkout).get("state");
    scene.clock().advance(Duration.ofMinutes(5));
    comeBack(checkout, newCode(), fresh);

    assertThat(payment(checkout).isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a%20b", "%22%3E", "a.b"})
  void whatIsNoCodeBeginsNothing(String code) {
    Opened checkout = open("");

    comeBack(checkout, code, authorization(checkout).get("state"));

    assertThat(payment(checkout).isMissingNode()).isTrue();
  }

  @Test
  void outsideWechatNobodyIsSentThere() {
    Opened checkout = open("");

    assertThat(
            buyer.get(checkout.page() + "/wechat?lang=en", "User-Agent", PHONE).header("Location"))
        .isEqualTo("https://pay.example" + checkout.page() + "?lang=en");
    assertThat(buyer.get("/cashier/nonsense/wechat", "User-Agent", WECHAT).code())
        .isEqualTo("not_found");
    assertThat(buyer.get("/cashier/nonsense/wechat/payer?code=1").code()).isEqualTo("not_found");
  }

  @Test
  void theFormDoesNotBeginWhatNeedsAPayer() {
    Opened checkout = open("");

    assertThat(choose(checkout, "way=wechat_pay+jsapi", WECHAT).status()).isEqualTo(409);
    assertThat(payment(checkout).isMissingNode()).isTrue();
  }

  @Test
  void aCodeOnAScreenIsSwitchedFromInsideWechat() {
    Opened checkout = open("qr");
    assertThat(page(checkout, "", WECHAT))
        .contains("How would you like to pay?", "/wechat?lang=en")
        .doesNotContain("class=\"code\"", "data-go");

    comeBack(checkout, newCode(), authorization(checkout).get("state"));

    assertThat(payment(checkout).get("method").asText()).isEqualTo("jsapi");
    assertThat(payment(checkout).get("out_trade_no").asText()).endsWith("_2");
  }

  private Answer choose(Opened checkout, String form, String userAgent) {
    scene.clock().advance(Duration.ofSeconds(2));
    return buyer.send(
        buyer
            .request(
                checkout.page() + "/pay?lang=en",
                "User-Agent",
                userAgent,
                "Content-Type",
                "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  @Test
  void aPhonesBrowserComesBackToThePageAndIsAsked() {
    Opened checkout = open("");

    assertThat(choose(checkout, "way=wechat_pay+h5", PHONE).status()).isEqualTo(303);

    String outTradeNo = payment(checkout).get("out_trade_no").asText();
    assertThat(scene.channel().begun(outTradeNo).returnUrl())
        .isEqualTo("https://pay.example" + checkout.page() + "?lang=en&back=1");
    assertThat(scene.channel().begun(outTradeNo).payer().clientIp()).isEqualTo("127.0.0.1");
    assertThat(page(checkout, "?go=1", PHONE)).contains("Continue to WeChat Pay", "data-go");
    assertThat(page(checkout, "?back=1", PHONE))
        .contains("Have you paid with WeChat Pay?", "No, pay again")
        .containsOnlyOnce("id=\"confirm\"")
        .doesNotContain("data-go");
    assertThat(scene.channel().wasAsked(outTradeNo)).as("not by itself").isFalse();
    scene.channel().pay(outTradeNo);
    buyer.act(checkout.page() + "/confirm", "Accept", "application/json");
    assertThat(page(checkout, "?back=1", PHONE))
        .contains("data-state=\"paid\"", "https://shop.example/order");
  }

  @Test
  void payingAgainBeginsAnotherPaymentSinceTheLinkLivesShort() {
    Opened checkout = open("");
    choose(checkout, "way=wechat_pay+h5", PHONE);
    choose(checkout, "way=wechat_pay+h5", PHONE);
    assertThat(payment(checkout).get("out_trade_no").asText()).endsWith("_1");
    scene.clock().advance(Duration.ofMinutes(5));
    assertThat(page(checkout, "?back=1", PHONE))
        .contains("name=\"again\" value=\"1\"")
        .doesNotContain("alipay.example");

    choose(checkout, "again=1&way=wechat_pay+h5", PHONE);

    assertThat(payment(checkout).get("out_trade_no").asText()).endsWith("_2");
  }

  @Test
  void nothingOfThePageIsInTheRequestLog() {
    assertThat(UnloggedRequests.isSecret("/cashier/abc.def/wechat/payer")).isTrue();
    assertThat(UnloggedRequests.isSecret("/cashier/abc.def")).isTrue();
    assertThat(UnloggedRequests.isSecret("/cashier/assets/1/cashier.js")).isFalse();
    assertThat(UnloggedRequests.isSecret("/v1/checkouts")).isFalse();
  }
}
