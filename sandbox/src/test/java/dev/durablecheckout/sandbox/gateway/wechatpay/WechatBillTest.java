package dev.durablecheckout.sandbox.gateway.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WechatBillTest extends WechatScene {
  private static final ObjectMapper JSON = new ObjectMapper();

  private String day;

  @BeforeEach
  void start() {
    day = WechatTime.day(merchant.clock.instant());
  }

  private JsonNode link(String more) throws Exception {
    return JSON.readTree(
        merchant.call("GET", "/v3/bill/tradebill?bill_date=" + day + more, "").body());
  }

  private byte[] download(JsonNode link) throws Exception {
    URI url = URI.create(link.path("download_url").asText());
    String target = url.getRawPath() + "?" + url.getRawQuery();
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                merchant
                    .request(
                        "GET",
                        target,
                        "",
                        WechatMerchant.authorization("GET", target, "", merchant.clock.instant()))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Wechatpay-Signature")).as("unsigned").isEmpty();
    return response.body();
  }

  @SuppressWarnings("deprecation") // It is WeChat Pay that wants SHA-1.
  private static String sha1(byte[] bill) {
    return Hashing.sha1().hashBytes(bill).toString();
  }

  @Test
  void aDaysPaymentsAndRefundsAreInItsBillTheNextDay() throws Exception {
    PayOrder payOrder = merchant.payOrder(PayMethod.QR, 1);
    merchant.channel().prepay(payOrder);
    merchant.channel().prepay(merchant.payOrder(PayMethod.QR, 2));
    merchant.gateway.buyer().pay(payOrder.outTradeNo().value());
    merchant.channel().refund(merchant.refund(payOrder, "R1", 234));
    assertThat(link("").path("code").asText()).isEqualTo("STATEMENT_CREATING");
    merchant.clock.advance(Duration.ofHours(34));

    JsonNode link = link("&bill_type=ALL&tar_type=GZIP");
    byte[] bill = new GZIPInputStream(new ByteArrayInputStream(download(link))).readAllBytes();

    assertThat(link.path("hash_type").asText()).isEqualTo("SHA1");
    assertThat(link.path("hash_value").asText()).as("of what is inside").isEqualTo(sha1(bill));
    List<String> lines = new String(bill, StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).startsWith("\ufeff交易时间,公众账号ID,商户号,").endsWith(",费率备注");
    assertThat(lines.get(1).split(",", -1)).hasSameSizeAs(lines.get(0).split(",", -1));
    assertThat(lines.get(1))
        .startsWith("`" + day)
        .contains(",`" + payOrder.outTradeNo() + ",", ",`SUCCESS,", ",`12.34,");
    assertThat(lines.get(2)).contains(",`REFUND,", ",`R1,`2.34,");
    assertThat(lines.get(3)).startsWith("总交易单数,");
    assertThat(lines.get(4)).isEqualTo("`2,`12.34,`2.34,`0.00,`0.06000,`12.34,`2.34");
    assertThat(new String(download(link("&bill_type=SUCCESS")), StandardCharsets.UTF_8).lines())
        .as("not zipped, without refunds")
        .hasSize(4);
  }

  @Test
  void aDayWithoutAnythingHasNoBill() throws Exception {
    merchant.clock.advance(Duration.ofDays(2));
    assertThat(link("").path("code").asText()).isEqualTo("NO_STATEMENT_EXIST");
    day = "yesterday";
    assertThat(link("").path("code").asText()).isEqualTo("PARAM_ERROR");
  }
}
