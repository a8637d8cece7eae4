package dev.durablecheckout.activities.channel.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.durablecheckout.activities.bill.BillAnswer;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Alipay may say when it is asked where a bill lies. */
class AlipayBillsTest {
  private static final LocalDate DAY = LocalDate.parse("2026-09-16");
  private static final String NEXT_MORNING = "2026-09-17T01:30:00Z";

  private final ScriptedGateway gateway = new ScriptedGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  private BillAnswer downloadAt(String now) throws Exception {
    return new AlipayBills(
            AlipayFixtures.keyMode(gateway.url(), AlipayFixtures.TIMEOUT),
            new BoundedHttpClient(AlipayFixtures.TIMEOUT),
            Clock.fixed(Instant.parse(now), ZoneOffset.UTC))
        .download(DAY, line -> {});
  }

  private void assertUnknown(String why) {
    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(() -> downloadAt(NEXT_MORNING))
        .withMessageStartingWith("alipay.data.dataservice.bill.downloadurl.query of 2026-09-16: ")
        .withMessageContaining(why);
  }

  @Test
  void asksForTheTradesOfTheDay() throws Exception {
    gateway.thenFailure("40004", "isp.bill_not_exist");

    BillAnswer unused = downloadAt(NEXT_MORNING);

    assertThat(gateway.requests().get(0).bizContent())
        .hasToString("{\"bill_date\":\"2026-09-16\",\"bill_type\":\"trade\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "isp.bill_not_exist, 2026-09-17T01:30:00Z, NOT_READY",
    "isp.bill_not_exist, 2026-09-18T03:59:59Z, NOT_READY",
    "isp.bill_not_exist, 2026-09-18T04:00:00Z, EMPTY",
    "BILL_NOT_EXIST, 2026-09-17T16:30:00Z, NOT_READY",
    "BILL_NOT_EXIST, 2026-10-01T00:00:00Z, EMPTY",
    "NO_BILL_DATA, 2026-09-17T16:30:00Z, NOT_READY",
    "NO_BILL_DATA, 2026-10-01T00:00:00Z, EMPTY",
  })
  void noBillIsAnEmptyDayOnlyLongAfter(String subCode, String now, BillAnswer.Status status)
      throws Exception {
    gateway.thenFailure("40004", subCode);

    assertThat(downloadAt(now).status()).isEqualTo(status);
  }

  @Test
  void anEmptyBillIsAnEmptyDayAtOnce() throws Exception {
    gateway.thenSigned(
        "{\"code\":\"10000\",\"msg\":\"Success\",\"bill_download_url\":\"http://x.alipay.com/\","
            + "\"bill_file_code\":\"EMPTY_DATA_WITH_BILL_FILE\"}");

    assertThat(downloadAt(NEXT_MORNING)).isEqualTo(BillAnswer.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-09-16T15:59:59Z", "2026-09-15T10:00:00Z"})
  void theBillOfADayThatIsNotOverIsNotAskedFor(String now) throws Exception {
    assertThat(downloadAt(now)).isEqualTo(BillAnswer.notReady());
    assertThat(gateway.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "40004, UNKNOWN_ERROR, promises nothing",
    "40004, SYSTEM_RATE_LIMIT, promises nothing",
    "40004, INVAILID_ARGUMENTS, promises nothing",
    "20000, isp.unknow-error, promises nothing",
    "40006, isv.insufficient-isv-permissions, wrong configuration",
  })
  void whateverElseIsSaidIsNoAnswer(String code, String subCode, String why) {
    gateway.thenFailure(code, subCode);

    assertUnknown(why);
  }

  @Test
  void aUrlThatLeadsElsewhereIsNotCalled() {
    gateway.thenSigned(
        "{\"code\":\"10000\",\"msg\":\"Success\","
            + "\"bill_download_url\":\"http://169.254.169.254/latest\"}");

    assertUnknown("leads away from Alipay");
  }

  @Test
  void anAnswerWithoutAUrlIsNone() {
    gateway.thenSigned("{\"code\":\"10000\",\"msg\":\"Success\"}");

    assertUnknown("without a bill_download_url");
  }
}
