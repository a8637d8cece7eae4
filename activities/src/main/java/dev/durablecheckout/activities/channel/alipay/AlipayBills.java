package dev.durablecheckout.activities.channel.alipay;

import com.alipay.api.domain.AlipayDataDataserviceBillDownloadurlQueryModel;
import com.alipay.api.request.AlipayDataDataserviceBillDownloadurlQueryRequest;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.activities.bill.BillAnswer;
import dev.durablecheckout.activities.bill.BillSink;
import dev.durablecheckout.activities.bill.DamagedBillException;
import dev.durablecheckout.activities.channel.BillChannel;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.http.DownloadLimits;
import dev.durablecheckout.activities.http.TooLargeException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The trade bills of a merchant at Alipay. A signed answer names a URL that lives 30 seconds;
 * behind it lies a zip of two CSV files that nobody has signed.
 *
 * <p>"There is no such bill" is said both before the bill is written, about nine in the morning,
 * and of a day on which nothing happened. So it counts as an empty day only long after.
 *
 * <p>source: opendocs.alipay.com, alipay.data.dataservice.bill.downloadurl.query.
 */
final class AlipayBills implements BillChannel {
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
  private static final ImmutableSet<String> NO_BILL =
      ImmutableSet.of("BILL_NOT_EXIST", "NO_BILL_DATA");
  private static final String EMPTY = "EMPTY_DATA_WITH_BILL_FILE";

  /** From the end of the day on: noon of the second day, 27 hours after bills come out. */
  private static final Duration CERTAINLY_WRITTEN = Duration.ofHours(36);

  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final int OK = 200;

  /** How often a URL is asked for, where one has ended before it was called. */
  private static final int URLS = 3;

  /** Ten times a million lines. */
  private static final long MAX_BYTES = 2L << 30;

  private static final Duration WAITING = Duration.ofMinutes(10);

  private final AlipayGateway gateway;
  private final BoundedHttpClient http;
  private final Clock clock;
  private final String sellerId;
  private final URI gatewayUrl;
  private final Duration readTimeout;

  /**
   * Checks the configuration; calls nobody.
   *
   * @throws IllegalArgumentException naming the setting that is missing or cannot be read
   */
  AlipayBills(AlipayConfiguration configuration, BoundedHttpClient http, Clock clock) {
    gateway = new AlipayGateway(configuration, http);
    this.http = http;
    this.clock = clock;
    sellerId = configuration.sellerId();
    gatewayUrl = AlipayGateway.orDefault(configuration.gatewayUrl(), AlipayGateway.DEFAULT_URL);
    readTimeout =
        AlipayGateway.orDefault(configuration.readTimeout(), AlipayGateway.DEFAULT_READ_TIMEOUT);
  }

  @Override
  public BillAnswer download(LocalDate billDate, BillSink sink)
      throws ChannelOutcomeUnknownException, DamagedBillException {
    if (!billDate.isBefore(LocalDate.ofInstant(clock.instant(), ZONE))) {
      return BillAnswer.notReady();
    }
    AlipayDataDataserviceBillDownloadurlQueryRequest request = request(billDate);
    AlipayCall call = new AlipayCall(request.getApiMethodName(), billDate.toString());
    for (int i = 0; i < URLS; i++) {
      AlipayAnswer answer = gateway.call(request, request::putOtherTextParam, call);
      if (answer.isBusinessFailure() && NO_BILL.contains(plain(answer.subCode()))) {
        return isCertainlyWritten(billDate) ? BillAnswer.empty() : BillAnswer.notReady();
      }
      if (!answer.isSuccess()) {
        throw call.unknown(answer);
      }
      if (answer.text("bill_file_code").filter(EMPTY::equals).isPresent()) {
        return BillAnswer.empty();
      }
      Optional<BillAnswer> bill = fetch(call, url(call, answer), billDate, sink);
      if (bill.isPresent()) {
        return bill.get();
      }
    }
    throw call.unknown("no URL leads to the bill");
  }

  private static AlipayDataDataserviceBillDownloadurlQueryRequest request(LocalDate billDate) {
    AlipayDataDataserviceBillDownloadurlQueryModel model =
        new AlipayDataDataserviceBillDownloadurlQueryModel();
    model.setBillType("trade");
    model.setBillDate(billDate.toString());
    AlipayDataDataserviceBillDownloadurlQueryRequest request =
        new AlipayDataDataserviceBillDownloadurlQueryRequest();
    request.setBizModel(model);
    return request;
  }

  /** Without the part before the dot and in capitals: it is also seen as isp.bill_not_exist. */
  private static String plain(String subCode) {
    return subCode.substring(subCode.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
  }

  private boolean isCertainlyWritten(LocalDate billDate) {
    return !clock
        .instant()
        .isBefore(billDate.plusDays(1).atStartOfDay(ZONE).toInstant().plus(CERTAINLY_WRITTEN));
  }

  private URI url(AlipayCall call, AlipayAnswer answer) throws ChannelOutcomeUnknownException {
    String url =
        answer
            .text("bill_download_url")
            .orElseThrow(() -> call.unknown("answered without a bill_download_url"));
    try {
      return AlipayBillUrl.of(url, gatewayUrl);
    } catch (IllegalArgumentException e) {
      throw call.unknown("the answer cannot be trusted: " + e.getMessage());
    }
  }

  /** The bill behind a URL; empty if there is something else, as when the URL has ended. */
  private Optional<BillAnswer> fetch(AlipayCall call, URI url, LocalDate billDate, BillSink sink)
      throws ChannelOutcomeUnknownException, DamagedBillException {
    try {
      return http.download(
          url,
          ImmutableMap.of(),
          new DownloadLimits(readTimeout, WAITING, MAX_BYTES),
          (status, body) -> {
            InputStream zip = new BufferedInputStream(body);
            return status == OK && isZip(zip)
                ? Optional.of(new AlipayBillZip(sellerId, billDate, sink).read(zip))
                : Optional.empty();
          });
    } catch (TooLargeException e) {
      throw new DamagedBillException("it is too large", e);
    } catch (IOException e) {
      throw call.unknown("no whole bill: " + e.getClass().getSimpleName());
    }
  }

  private static boolean isZip(InputStream body) throws IOException {
    body.mark(ZIP.length);
    byte[] beginning = body.readNBytes(ZIP.length);
    body.reset();
    return Arrays.equals(beginning, ZIP);
  }
}
