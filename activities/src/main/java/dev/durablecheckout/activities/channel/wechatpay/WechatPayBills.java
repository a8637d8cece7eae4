package dev.durablecheckout.activities.channel.wechatpay;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.annotations.VisibleForTesting;
import com.google.common.collect.ImmutableMap;
import com.wechat.pay.java.core.auth.Credential;
import com.wechat.pay.java.core.auth.WechatPay2Credential;
import com.wechat.pay.java.core.cipher.Signer;
import dev.durablecheckout.activities.bill.BillAnswer;
import dev.durablecheckout.activities.bill.BillSink;
import dev.durablecheckout.activities.bill.DamagedBillException;
import dev.durablecheckout.activities.channel.BillChannel;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.http.CappedInputStream;
import dev.durablecheckout.activities.http.DownloadLimits;
import dev.durablecheckout.activities.http.TooLargeException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The trade bills of a merchant at WeChat Pay. A signed answer says where the bill lies and what
 * the SHA-1 of its text is; the bill itself comes unsigned, so that digest is what vouches for it.
 *
 * <p>The bill is fetched from the configured gateway, whatever host the link names: the request
 * carries the merchant's signature, which nobody else is to see.
 *
 * <p>source: pay.weixin.qq.com/doc/v3, 申请交易账单 and 下载账单.
 */
final class WechatPayBills implements BillChannel {
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
  private static final String DOWNLOADS = "/v3/billdownload/";
  private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");
  private static final int OK = 200;

  /** A link ends after minutes; another one is asked for so often. */
  private static final int LINKS = 3;

  /** Twenty times a million lines. */
  private static final long MAX_BYTES = 2L << 30;

  private static final long MAX_TEXT = 8L << 30;
  private static final Duration WAITING = Duration.ofMinutes(10);

  private final WechatPayApi api;
  private final BoundedHttpClient http;
  private final Clock clock;
  private final WechatPayGateway gateway;
  private final Credential credential;
  private final String mchId;

  /**
   * Checks the configuration; calls nobody.
   *
   * @throws IllegalArgumentException naming the setting that is missing or cannot be read
   */
  WechatPayBills(WechatPayConfiguration configuration, BoundedHttpClient http, Clock clock) {
    Signer merchantKey = WechatPayKeys.merchantKey(configuration);
    this.http = http;
    this.clock = clock;
    mchId = new WechatPayAccount(configuration).mchId();
    gateway = WechatPayGateway.of(configuration);
    credential = new WechatPay2Credential(mchId, merchantKey);
    api =
        WechatPayApi.of(
            configuration, merchantKey, PlatformKeys.of(configuration, http, clock), http);
  }

  /** Where a bill lies, and what it must come to. */
  private record Link(String pathAndQuery, String sha1) {}

  @Override
  public BillAnswer download(LocalDate billDate, BillSink sink)
      throws ChannelOutcomeUnknownException, DamagedBillException {
    if (!billDate.isBefore(LocalDate.ofInstant(clock.instant(), ZONE))) {
      return BillAnswer.notReady();
    }
    WechatPayCall call = new WechatPayCall("trade bill", billDate.toString());
    for (int i = 0; i < LINKS; i++) {
      WechatPayAnswer answer =
          api.get(
              call, "/v3/bill/tradebill?bill_date=" + billDate + "&bill_type=ALL&tar_type=GZIP");
      if (answer.isRefusal() && answer.code().equals("NOSTATEMENTEXIST")) {
        return BillAnswer.empty();
      }
      if (answer.isRefusal() && answer.code().equals("STATEMENTCREATING")) {
        return BillAnswer.notReady();
      }
      if (!answer.isSuccess()) {
        throw call.unknown(answer);
      }
      Optional<BillAnswer> bill = fetch(call, link(call, answer.content()), sink);
      if (bill.isPresent()) {
        return bill.get();
      }
    }
    throw call.unknown("no link leads to the bill");
  }

  private static Link link(WechatPayCall call, WechatPayMessage answer)
      throws ChannelOutcomeUnknownException {
    try {
      checkArgument(answer.required("hash_type").equals("SHA1"), "a digest that is not SHA-1");
      String sha1 = answer.required("hash_value").toLowerCase(Locale.ROOT);
      checkArgument(SHA1.matcher(sha1).matches(), "a digest that is not SHA-1");
      return new Link(pathAndQuery(answer.required("download_url")), sha1);
    } catch (IllegalArgumentException e) {
      throw call.unknown("the answer cannot be read: " + e.getMessage());
    }
  }

  @VisibleForTesting
  static String pathAndQuery(String downloadUrl) {
    URI url;
    try {
      url = new URI(downloadUrl);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("a link that is no URL");
    }
    @Nullable String path = url.getRawPath();
    int start = path == null ? -1 : path.indexOf(DOWNLOADS);
    checkArgument(path != null && start >= 0, "a link to something else");
    @Nullable String query = url.getRawQuery();
    return path.substring(start) + (query == null ? "" : "?" + query);
  }

  /** The bill behind a link; empty if the link has ended. */
  private Optional<BillAnswer> fetch(WechatPayCall call, Link link, BillSink sink)
      throws ChannelOutcomeUnknownException, DamagedBillException {
    URI url = WechatPayGateway.at(gateway.url(), link.pathAndQuery);
    URI signed = WechatPayGateway.at(URI.create("https://host"), link.pathAndQuery);
    DownloadLimits limits = new DownloadLimits(gateway.readTimeout(), WAITING, MAX_BYTES);
    try {
      return http.download(
          url,
          ImmutableMap.of(
              "Authorization", credential.getAuthorization(signed, "GET", ""), "Accept", "*/*"),
          limits,
          (status, body) -> status == OK ? Optional.of(read(link, body, sink)) : Optional.empty());
    } catch (TooLargeException e) {
      throw new DamagedBillException("it is too large", e);
    } catch (IOException e) {
      throw call.unknown("no whole bill: " + e.getClass().getSimpleName());
    }
  }

  private BillAnswer read(Link link, InputStream body, BillSink sink)
      throws IOException, DamagedBillException {
    try {
      InputStream text = new CappedInputStream(new GZIPInputStream(body, 1 << 14), MAX_TEXT);
      return new WechatPayBillFile(mchId, link.sha1, sink).read(text);
    } catch (ZipException | EOFException e) {
      // Of the compression: where the download itself breaks off, it is another exception.
      throw new DamagedBillException("it cannot be unpacked", e);
    }
  }
}
