package dev.durablecheckout.activities.channel.alipay;

import static dev.durablecheckout.activities.channel.alipay.AlipayFixtures.OUT_TRADE_NO;
import static dev.durablecheckout.activities.channel.alipay.AlipayFixtures.TIMEOUT;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.api.AlipayApiException;
import com.alipay.api.internal.util.AlipaySignature;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a phone is handed, checked as Alipay does: by its own SDK. */
class AlipayCredentialsTest {
  private final ScriptedGateway gateway = new ScriptedGateway();
  private final AlipayChannel channel = AlipayFixtures.channel(gateway.url(), TIMEOUT);

  @AfterEach
  void sendsNothing() {
    assertThat(gateway.requests()).isEmpty();
    gateway.close();
  }

  private PayCredential credential(PayMethod method) throws Exception {
    return requireNonNull(channel.prepay(AlipayFixtures.payOrder(method)).credential());
  }

  /** Request signatures, like those of V2 messages, cover sign_type. */
  private static boolean isSigned(Map<String, String> parameters) throws AlipayApiException {
    return AlipaySignature.rsaCheckV2(
        new HashMap<>(parameters), TestKeys.base64(TestKeys.APP.getPublic()), "utf-8", "RSA2");
  }

  @Test
  void wapIsASignedUrlOfThePageForPhones() throws Exception {
    PayCredential credential = credential(PayMethod.WAP);

    assertThat(credential.type()).isEqualTo(PayCredential.Type.REDIRECT_URL);
    String url = requireNonNull(credential.content());
    assertThat(url).startsWith(gateway.url() + "?");
    Map<String, String> parameters = ScriptedGateway.parameters(URI.create(url).getRawQuery());
    assertThat(isSigned(parameters)).isTrue();
    assertThat(parameters)
        .containsEntry("method", "alipay.trade.wap.pay")
        .containsEntry("return_url", "https://shop.example/back?a=1&b=2")
        .containsEntry("notify_url", "https://shop.example/v1/notify/alipay/shop");
    assertThat(ScriptedGateway.json(requireNonNull(parameters.get("biz_content"))))
        .isEqualTo(
            ScriptedGateway.json(
                """
                {"out_trade_no":"%s","total_amount":"12.34","subject":"Tea cake 茶 2",
                 "product_code":"QUICK_WAP_WAY","seller_id":"2088000000000001",
                 "time_expire":"2026-03-02 00:20:30","passback_params":"shop.A-1_b",
                 "quit_url":"https://shop.example/back?a=1&b=2"}
                """
                    .formatted(OUT_TRADE_NO)));
  }

  @Test
  void wapWithoutAWayBackHasNone() throws Exception {
    PayOrder order = AlipayFixtures.payOrder(PayMethod.WAP);
    PayOrder without =
        new PayOrder(
            order.outTradeNo(),
            order.checkoutId(),
            order.attempt(),
            order.channel(),
            order.method(),
            order.amount(),
            order.subject(),
            order.timeExpire(),
            null,
            order.buyerId(),
            null);

    String url = requireNonNull(requireNonNull(channel.prepay(without).credential()).content());

    Map<String, String> parameters = ScriptedGateway.parameters(URI.create(url).getRawQuery());
    assertThat(isSigned(parameters)).isTrue();
    assertThat(parameters).doesNotContainKey("return_url");
    assertThat(parameters.get("biz_content")).doesNotContain("quit_url");
  }

  @Test
  void appIsASignedOrderThatIsAFormAndNoUrl() throws Exception {
    PayCredential credential = credential(PayMethod.APP);

    assertThat(credential.type()).isEqualTo(PayCredential.Type.ALIPAY_APP);
    String order = requireNonNull(credential.content());
    assertThat(order).doesNotContain("?", "://", " ").contains("&sign=");
    Map<String, String> parameters = ScriptedGateway.parameters(order);
    assertThat(isSigned(parameters)).isTrue();
    assertThat(parameters)
        .containsEntry("method", "alipay.trade.app.pay")
        .containsEntry("app_id", AlipayFixtures.APP_ID)
        .containsEntry("charset", "utf-8")
        .containsEntry("sign_type", "RSA2")
        .containsEntry("version", "1.0")
        .containsEntry("notify_url", "https://shop.example/v1/notify/alipay/shop");
    assertThat(ScriptedGateway.json(requireNonNull(parameters.get("biz_content"))))
        .isEqualTo(
            ScriptedGateway.json(
                """
                {"out_trade_no":"%s","total_amount":"12.34","subject":"Tea cake 茶 2",
                 "product_code":"QUICK_MSECURITY_PAY","seller_id":"2088000000000001",
                 "time_expire":"2026-03-02 00:20:30","passback_params":"shop.A-1_b"}
                """
                    .formatted(OUT_TRADE_NO)));
  }

  @Test
  void anOrderThatWasAlteredIsNotSigned() throws Exception {
    String order = requireNonNull(credential(PayMethod.APP).content());
    assertThat(isSigned(ScriptedGateway.parameters(order.replace("12.34", "0.01")))).isFalse();
  }
}
