package dev.durablecheckout.sandbox.gateway.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.sandbox.http.Request;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Alipay's page for phones, and its app, with what the real SDK signs for them. */
class PhoneTest extends AlipayScene {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String NO = "P1_1";
  private static final String BACK = "http://127.0.0.1:1/done";

  private static URI location(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(303);
    return URI.create(response.headers().firstValue("location").orElseThrow());
  }

  private HttpResponse<String> press(URI page, String action) throws Exception {
    return Merchant.post(page, FORM, "action=" + action);
  }

  private HttpResponse<String> handOver(String body) throws Exception {
    return Merchant.post(merchant.gateway.uri("/buyer/app"), FORM, body);
  }

  @Test
  void thePageForPhonesHasATradeAfterTheRightPassword() throws Exception {
    var request = merchant.wapPayRequest(NO, "8.80", BACK);
    URI link = URI.create(merchant.client.pageExecute(request, "GET").getBody());

    URI buyer = location(Merchant.get(link));
    assertThat(Merchant.get(buyer).body()).contains("password", "¥8.80");
    location(press(buyer, "wrong_password"));
    assertThat(merchant.query(NO).getSubCode()).isEqualTo("ACQ.TRADE_NOT_EXIST");
    assertThat(merchant.closeTrade(NO).getSubCode()).isEqualTo("ACQ.TRADE_NOT_EXIST");
    location(press(buyer, "scan"));
    assertThat(merchant.query(NO).getTradeStatus()).isEqualTo("WAIT_BUYER_PAY");
    URI done = location(press(buyer, "pay"));

    Map<String, String> parameters = Request.decode(done.getRawQuery());
    assertThat(parameters).containsEntry("method", "alipay.trade.wap.pay.return");
    assertThat(Merchant.verifies(parameters)).isTrue();
    assertThat(merchant.query(NO).getTradeStatus()).isEqualTo("TRADE_SUCCESS");
    assertThat(Merchant.verifies(merchant.nextNotify())).isTrue();
  }

  @Test
  void aLinkThatWasAlteredOrOfAnotherProductShowsAnErrorPage() throws Exception {
    var request = merchant.wapPayRequest(NO, "8.80", BACK);
    String link = merchant.client.pageExecute(request, "GET").getBody();
    assertThat(Merchant.get(URI.create(link.replace("8.80", "0.80"))).body())
        .contains("isv.invalid-signature");
    ((com.alipay.api.domain.AlipayTradeWapPayModel) request.getBizModel())
        .setProductCode("FAST_INSTANT_TRADE_PAY");
    String other = merchant.client.pageExecute(request, "GET").getBody();
    assertThat(Merchant.get(URI.create(other)).body()).contains("ACQ.INVALID_PARAMETER");
    assertThat(merchant.gateway.books()).isEmpty();
  }

  @Test
  void anOrderOfAnAppIsPaidWhereItIsPosted() throws Exception {
    String order = merchant.appOrder(NO, "8.80");

    URI buyer = location(handOver(order));

    assertThat(Merchant.get(buyer).body()).contains("Paid · 已付款", "tea and cake");
    assertThat(merchant.query(NO).getTradeStatus()).isEqualTo("TRADE_SUCCESS");
    assertThat(merchant.nextNotify()).containsEntry("total_amount", "8.80");
    HttpResponse<String> again = handOver(order);
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("ACQ.TRADE_HAS_SUCCESS");
    assertThat(merchant.book(NO).paidFen()).isEqualTo(880);
  }

  @Test
  void anOrderThatIsPastedIsOnlyOpened() throws Exception {
    assertThat(Merchant.get(merchant.gateway.uri("/buyer/app")).body())
        .contains("name=\"order_string\"");
    String order = merchant.appOrder(NO, "8.80");

    URI buyer =
        location(
            handOver("order_string=" + URLEncoder.encode(order + "\n", StandardCharsets.UTF_8)));

    assertThat(Merchant.get(buyer).body()).contains("The right password");
    assertThat(merchant.query(NO).getSubCode()).isEqualTo("ACQ.TRADE_NOT_EXIST");
    assertThat(merchant.book(NO).paidFen()).isZero();
  }

  @Test
  void anOrderThatIsNotTheMerchantsIsNotOpened() throws Exception {
    String altered = merchant.appOrder(NO, "8.80").replace("8.80", "0.80");
    HttpResponse<String> answer = handOver(altered);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("isv.invalid-signature");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> merchant.gateway.buyer().openApp(altered))
        .withMessage("isv.invalid-signature");
    String link =
        merchant.client.pageExecute(merchant.wapPayRequest(NO, "8.80", BACK), "GET").getBody();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> merchant.gateway.buyer().openApp(URI.create(link).getRawQuery()))
        .withMessage("isv.invalid-method");
    assertThat(merchant.gateway.books()).isEmpty();
  }

  @Test
  void anOrderOfAnAppIsNotForTheGateway() throws Exception {
    HttpResponse<String> answer =
        Merchant.get(URI.create(merchant.gateway.gatewayUrl() + "?" + merchant.appOrder(NO, "1")));
    assertThat(answer.body()).contains("isv.invalid-method");
    assertThat(merchant.gateway.books()).isEmpty();
  }

  @Test
  void aBuyerPaysInTheAppWhatWasOpened() throws Exception {
    String order = merchant.appOrder(NO, "8.80");
    assertThat(merchant.gateway.buyer().openApp(order).state()).isEqualTo(TradeStatus.NOT_CREATED);
    assertThat(merchant.gateway.buyer().pay(NO).paidFen()).isEqualTo(880);
    assertThatThrownBy(() -> merchant.gateway.buyer().openApp(order))
        .isInstanceOf(TradeRefusedException.class);
  }
}
