package dev.durablecheckout.sandbox.gateway.alipay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.sandbox.http.Request;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The buyer's page, used as a browser would. */
class BuyerPageTest extends AlipayScene {
  private static final String FORM = "application/x-www-form-urlencoded";

  private HttpResponse<String> press(URI page, String action) throws Exception {
    return Merchant.post(page, FORM, "action=" + action);
  }

  private static URI location(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(303);
    return URI.create(response.headers().firstValue("location").orElseThrow());
  }

  @Test
  void leadsFromTheCodeToThePayment() throws Exception {
    URI page = URI.create(merchant.precreate("P1_1", "12.30").getQrCode());

    assertThat(Merchant.get(page).body())
        .contains("¥12.30", "Scan · 扫码")
        .doesNotContain("value=\"pay\"", "value=\"pay_late\"");
    URI buyer = location(press(page, "scan"));
    assertThat(Merchant.get(buyer).body())
        .contains("value=\"pay\"", "value=\"walk_away\"")
        .doesNotContain("value=\"scan\"");
    assertThat(Merchant.get(location(press(buyer, "walk_away"))).body())
        .contains("You left without paying");
    assertThat(Merchant.get(location(press(buyer, "pay"))).body())
        .contains("Paid · 已付款")
        .doesNotContain("<button");
    assertThat(merchant.book("P1_1").paidFen()).isEqualTo(1230);
    assertThat(press(buyer, "pay").statusCode()).isEqualTo(409);
    assertThat(merchant.book("P1_1").paidFen()).isEqualTo(1230);
  }

  @Test
  void isFoundByTheMerchantsNumberAndSaysWhenNothingIs() throws Exception {
    merchant.precreate("P1_1", "12.30");

    assertThat(Merchant.get(merchant.gateway.uri("/buyer/P1_1")).body()).contains("¥12.30");
    assertThat(Merchant.get(merchant.gateway.uri("/buyer/P9_9")).statusCode()).isEqualTo(404);
    assertThat(press(merchant.gateway.uri("/buyer/P1_1"), "rob").statusCode()).isEqualTo(400);
  }

  @Test
  void offersToPayAnExpiredCodeAllTheSame() throws Exception {
    URI page = URI.create(merchant.precreate("P1_1", "1").getQrCode());
    merchant.clock.advance(Duration.ofMinutes(31));

    assertThat(Merchant.get(page).body())
        .contains("expired", "value=\"pay_late\"")
        .doesNotContain("value=\"scan\"");
    HttpResponse<String> refused = press(page, "scan");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("NOW_TIME_AFTER_EXPIRE_TIME_ERROR");
    location(press(page, "pay_late"));
    assertThat(merchant.book("P1_1").paidFen()).isEqualTo(100);
  }

  @Test
  void showsTextAsText() throws Exception {
    HttpResponse<String> page =
        Merchant.get(URI.create(merchant.precreate("P1_1", "1").getQrCode()));

    assertThat(page.body()).contains("茶 &lt;b&gt;tea").doesNotContain("<b>tea");
    assertThat(page.headers().firstValue("content-security-policy"))
        .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
  }

  @Test
  void takesALinkOfThePageProductAndReturnsToTheMerchant() throws Exception {
    var request = merchant.pagePayRequest("P1_1", "8.80", "http://127.0.0.1:1/done?order=1");
    URI link = URI.create(merchant.client.pageExecute(request, "GET").getBody());

    URI buyer = location(Merchant.get(link));
    assertThat(merchant.query("P1_1").getSubCode()).isEqualTo("ACQ.TRADE_NOT_EXIST");
    assertThat(Merchant.get(buyer).body()).contains("Log in · 登录", "¥8.80");
    location(press(buyer, "scan"));
    assertThat(merchant.query("P1_1").getTradeStatus()).isEqualTo("WAIT_BUYER_PAY");
    URI done = location(press(buyer, "pay"));

    assertThat(done.toString()).startsWith("http://127.0.0.1:1/done?order=1&");
    Map<String, String> parameters = Request.decode(done.getRawQuery());
    parameters.remove("order");
    assertThat(parameters)
        .containsEntry("method", "alipay.trade.page.pay.return")
        .containsEntry("out_trade_no", "P1_1")
        .containsEntry("total_amount", "8.80")
        .containsEntry("app_id", Merchant.APP_ID)
        .containsEntry("seller_id", Merchant.SELLER_ID);
    assertThat(Merchant.verifies(parameters)).isTrue();
    assertThat(merchant.book("P1_1").paidFen()).isEqualTo(880);
  }

  @Test
  void turnsAwayALinkThatWasAltered() throws Exception {
    var request = merchant.pagePayRequest("P1_1", "8.80", "http://127.0.0.1:1/done");
    String link = merchant.client.pageExecute(request, "GET").getBody();
    assertThat(link).contains("8.80");

    HttpResponse<String> answer = Merchant.get(URI.create(link.replace("8.80", "0.80")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("isv.invalid-signature");
    assertThat(merchant.gateway.books()).isEmpty();
  }

  @Test
  void saysSoWhenALinkMayNotBePaidAnyMore() throws Exception {
    var request = merchant.pagePayRequest("P1_1", "8.80", "http://127.0.0.1:1/done");
    URI link = URI.create(merchant.client.pageExecute(request, "GET").getBody());
    URI buyer = location(Merchant.get(link));
    press(buyer, "pay");

    assertThat(Merchant.get(link).body()).contains("ACQ.TRADE_HAS_SUCCESS");
  }
}
