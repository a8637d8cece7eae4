package dev.durablecheckout.activities.channel.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlipayBillUrlTest {
  private static final URI ALIPAY = AlipayGateway.DEFAULT_URL;
  private static final URI OWN = URI.create("http://gateway.shop.internal:8080/gateway.do");

  @Test
  void aHostOfAlipaysIsCalledByHttpsWhateverTheUrlSays() {
    assertThat(
            AlipayBillUrl.of(
                "http://dwbillcenter.alipay.com/downloadBillFile.resource?a=%2B&b=1", ALIPAY))
        .hasToString("https://dwbillcenter.alipay.com/downloadBillFile.resource?a=%2B&b=1");
    assertThat(AlipayBillUrl.of("https://DWbillcenter.alipay.com:443/x", OWN))
        .hasToString("https://dwbillcenter.alipay.com/x");
  }

  @ParameterizedTest
  @CsvSource({
    "http://gateway.shop.internal:8080/bill?id=1, http://gateway.shop.internal:8080/bill?id=1",
    "https://gateway.shop.internal/bill?id=1, http://gateway.shop.internal:8080/bill?id=1"
  })
  void theGatewaysOwnHostIsCalledAsTheGatewayIs(String url, String called) {
    assertThat(AlipayBillUrl.of(url, OWN)).hasToString(called);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data",
        "http://localhost/bill",
        "https://alipay.com.evil.example/bill",
        "https://evilalipay.com/bill",
        "https://dwbillcenter.alipay.com:8443/bill",
        "https://user@dwbillcenter.alipay.com/bill",
        "http://gateway.shop.internal:9090/bill",
        "ftp://dwbillcenter.alipay.com/bill",
        "file:///etc/passwd",
        "/bill",
        "not a url",
        "https:dwbillcenter.alipay.com"
      })
  void nowhereElse(String url) {
    assertThatIllegalArgumentException().isThrownBy(() -> AlipayBillUrl.of(url, OWN));
  }
}
