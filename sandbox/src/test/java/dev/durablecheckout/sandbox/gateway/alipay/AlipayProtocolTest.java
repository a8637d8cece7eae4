package dev.durablecheckout.sandbox.gateway.alipay;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.api.AlipayApiException;
import com.alipay.api.request.AlipayTradeQueryRequest;
import com.alipay.api.response.AlipayTradeQueryResponse;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/**
 * What the gateway says to requests that are not as they should be, and the form of its answers.
 */
class AlipayProtocolTest extends AlipayScene {
  private String raw(String query) throws IOException, InterruptedException {
    HttpResponse<String> response =
        Merchant.get(URI.create(merchant.gateway.gatewayUrl() + "?" + query));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("text/html;charset=utf-8");
    return response.body();
  }

  /** A rightly signed query of the SDK, as the text of a URL. */
  private String signedQuery() throws AlipayApiException {
    AlipayTradeQueryRequest request = new AlipayTradeQueryRequest();
    request.setBizContent("{\"out_trade_no\":\"P1_1\"}");
    return URI.create(merchant.client.pageExecute(request, "GET").getBody()).getRawQuery();
  }

  @Test
  void checksTheApplicationBeforeTheSignature() throws AlipayApiException {
    AlipayTradeQueryRequest request = new AlipayTradeQueryRequest();
    request.setBizContent("{\"out_trade_no\":\"P1_1\"}");
    RsaKeys foreign = RsaKeys.generate();

    AlipayTradeQueryResponse stranger = merchant.client("2021999", foreign).execute(request);
    assertThat(stranger.getCode()).isEqualTo("40002");
    assertThat(stranger.getSubCode()).isEqualTo("isv.invalid-app-id");

    AlipayTradeQueryResponse impostor = merchant.client(Merchant.APP_ID, foreign).execute(request);
    assertThat(impostor.getCode()).isEqualTo("40002");
    assertThat(impostor.getSubCode()).isEqualTo("isv.invalid-signature");
  }

  @Test
  void believesNoRequestThatWasAltered() throws Exception {
    assertThat(raw(signedQuery())).contains("ACQ.TRADE_NOT_EXIST");
    assertThat(raw(signedQuery().replace("P1_1", "P1_2")))
        .isEqualTo(
            "{\"alipay_trade_query_response\":{\"code\":\"40002\",\"msg\":\"Invalid Arguments\","
                + "\"sub_code\":\"isv.invalid-signature\",\"sub_msg\":\"验签出错\"}}");
    assertThat(raw(signedQuery().replaceAll("&sign=[^&]*", "&sign=AAAA")))
        .contains("isv.invalid-signature");
    assertThat(raw(signedQuery().replaceAll("&sign=[^&]*", ""))).contains("isv.missing-signature");
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    assertThat(raw("a=1")).startsWith("{\"error_response\":").contains("isv.missing-method");
    assertThat(raw("method=alipay.trade.close"))
        .startsWith("{\"alipay_trade_close_response\":{\"code\":\"40001\"")
        .contains("isv.missing-app-id");
    assertThat(raw("method=alipay.trade.close&app_id=" + Merchant.APP_ID))
        .contains("isv.missing-signature-type");
  }

  @Test
  void refusesContentThatIsNoJson() throws Exception {
    AlipayTradeQueryRequest request = new AlipayTradeQueryRequest();
    request.setBizContent("[1");
    assertThat(merchant.client.execute(request).getSubCode()).isEqualTo("isv.illegal-json");
  }

  @Test
  void escapesSlashesAndSignsTheTextAsItIsSent() throws Exception {
    var request = merchant.precreateRequest("P1_1", "1");
    String url = merchant.client.pageExecute(request, "GET").getBody();

    String body = raw(URI.create(url).getRawQuery());

    assertThat(body).contains("\"qr_code\":\"http:\\/\\/127.0.0.1:");
    String object = body.substring(body.indexOf(":{") + 1, body.indexOf(",\"sign\""));
    String sign = body.replaceAll(".*\"sign\":\"([^\"]*)\".*", "$1");
    assertThat(RsaKeys.verifies(Merchant.GATEWAY_KEYS.publicKey(), object, sign)).isTrue();
    assertThat(
            RsaKeys.verifies(Merchant.GATEWAY_KEYS.publicKey(), object.replace("\\/", "/"), sign))
        .isFalse();
  }

  @Test
  void doesNotSignFailures() throws Exception {
    assertThat(raw(signedQuery())).contains("40004").doesNotContain("\"sign\"");
  }
}
