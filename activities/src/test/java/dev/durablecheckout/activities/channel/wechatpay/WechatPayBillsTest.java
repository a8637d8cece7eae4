package dev.durablecheckout.activities.channel.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.hash.Hashing;
import com.sun.net.httpserver.HttpExchange;
import dev.durablecheckout.activities.bill.BillAnswer;
import dev.durablecheckout.activities.bill.BillLine;
import dev.durablecheckout.activities.bill.DamagedBillException;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What WeChat Pay may say when it is asked for a bill. */
class WechatPayBillsTest {
  private static final LocalDate DAY = LocalDate.parse("2026-09-16");

  private final SigningGateway gateway = new SigningGateway("/prefix");
  private final List<BillLine> lines = new ArrayList<>();

  @AfterEach
  void stop() {
    gateway.close();
  }

  private BillAnswer download() throws Exception {
    return new WechatPayBills(
            WechatPayFixtures.account(gateway.url()).build(),
            new BoundedHttpClient(WechatPayFixtures.TIMEOUT),
            Clock.fixed(Instant.parse("2026-09-17T02:00:00Z"), ZoneOffset.UTC))
        .download(DAY, lines::add);
  }

  private void assertUnknown(String why) {
    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(this::download)
        .withMessageStartingWith("trade bill of 2026-09-16: ")
        .withMessageContaining(why);
  }

  private static byte[] sample() throws IOException {
    try (InputStream in =
        WechatPayBillsTest.class.getResourceAsStream("/bills/wechatpay-trade.csv")) {
      return in.readAllBytes();
    }
  }

  @SuppressWarnings("deprecation") // It is WeChat Pay that wants SHA-1.
  private SigningGateway thenLink(String url) throws IOException {
    return gateway.thenSigned(
        "{\"hash_type\":\"SHA1\",\"hash_value\":\"%s\",\"download_url\":\"%s\"}"
            .formatted(Hashing.sha1().hashBytes(sample()), url));
  }

  private static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] zipped(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  @Test
  void theBillIsFetchedFromTheGatewayAndSignedWhateverHostTheLinkNames() throws Exception {
    thenLink("https://elsewhere.example/v3/billdownload/file?token=a%2Bb")
        .then((exchange, request) -> send(exchange, zipped(sample())));

    assertThat(download().totals().lines()).isEqualTo(7);

    assertThat(gateway.request(0).target())
        .isEqualTo("/v3/bill/tradebill?bill_date=2026-09-16&bill_type=ALL&tar_type=GZIP");
    assertThat(gateway.request(1).target()).isEqualTo("/v3/billdownload/file?token=a%2Bb");
    assertThat(gateway.requests()).as("signed, both, or there were no answer").hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "400, NO_STATEMENT_EXIST, EMPTY",
    "400, STATEMENT_CREATING, NOT_READY",
    "404, NOSTATEMENTEXIST, EMPTY",
  })
  void anEmptyDayAndABillToComeAreTold(int status, String code, BillAnswer.Status meaning)
      throws Exception {
    gateway.thenError(status, code);

    assertThat(download().status()).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource({
    "500, NO_STATEMENT_EXIST",
    "401, NO_STATEMENT_EXIST",
    "403, NO_AUTH",
    "400, PARAM_ERROR",
    "429, FREQUENCY_LIMITED",
  })
  void whateverElseIsSaidIsNoAnswer(int status, String code) {
    gateway.thenError(status, code);

    assertUnknown(Integer.toString(status));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.mch.weixin.qq.com/v3/refund/domestic/refunds",
        "https://api.mch.weixin.qq.com/",
        "not a url",
      })
  void aLinkToSomethingElseIsNotCalled(String url) throws Exception {
    thenLink(url);

    assertUnknown("cannot be read");
    assertThat(gateway.requests()).hasSize(1);
  }

  @Test
  void aBillThatDoesNotUnpackIsDamage() throws Exception {
    byte[] zipped = zipped(sample());
    thenLink("https://x/v3/billdownload/file?token=1")
        .then((exchange, request) -> send(exchange, Arrays.copyOf(zipped, zipped.length - 9)));
    assertThatExceptionOfType(DamagedBillException.class).isThrownBy(this::download);

    thenLink("https://x/v3/billdownload/file?token=1")
        .then((exchange, request) -> send(exchange, sample()));
    assertThatExceptionOfType(DamagedBillException.class).isThrownBy(this::download);
  }

  @Test
  void aDownloadThatBreaksOffSaysNothingOfTheBill() throws Exception {
    byte[] zipped = zipped(sample());
    thenLink("https://x/v3/billdownload/file?token=1")
        .then(
            (exchange, request) -> {
              exchange.sendResponseHeaders(200, zipped.length);
              exchange.getResponseBody().write(zipped, 0, zipped.length / 2);
              exchange.getResponseBody().flush();
              exchange.close();
            });

    assertUnknown("no whole bill");
  }
}
