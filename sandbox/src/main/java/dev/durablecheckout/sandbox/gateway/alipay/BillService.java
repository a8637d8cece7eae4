package dev.durablecheckout.sandbox.gateway.alipay;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.sandbox.gateway.BillEntry;
import dev.durablecheckout.sandbox.gateway.BillTampering;
import dev.durablecheckout.sandbox.gateway.BillTampering.Trouble;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Bills by day: first a URL that lives half a minute, then the file behind it. */
final class BillService {
  static final String PATH = "/downloadBillFile.resource";

  /** After the end of the day. */
  private static final Duration READY_AFTER = Duration.ofHours(9);

  private static final Duration URL_LIFE = Duration.ofSeconds(30);
  private static final Map<String, String> ZIPPED = Map.of("Content-Type", "application/zip");

  /** A bill as it is at the time of the URL; written anew for each who reads it. */
  private record BillFile(
      TradeBill.Head head, Iterable<BillEntry> entries, Instant until, @Nullable Trouble trouble) {}

  private final TradeRegister register;
  private final TradeNumbers numbers;
  private final Clock clock;
  private final BillTampering tampering;
  private final Map<String, BillFile> files = new ConcurrentHashMap<>();

  BillService(TradeRegister register, TradeNumbers numbers, Clock clock, BillTampering tampering) {
    this.register = register;
    this.numbers = numbers;
    this.clock = clock;
    this.tampering = tampering;
  }

  /**
   * Where a day's bill can be fetched.
   *
   * @param base how the merchant reaches the gateway
   */
  Answer url(MerchantCall call, URI base) {
    Instant now = clock.instant();
    Optional<LocalDate> day = day(Strings.nullToEmpty(call.member("bill_date")));
    boolean today =
        day.filter(each -> !each.isBefore(LocalDate.ofInstant(now, AlipayTime.ZONE))).isPresent();
    if (day.isEmpty()
        || !"trade".equals(call.member("bill_type"))
        || (today && !tampering.isReadyAtOnce())) {
      // The real one spells it so.
      return refused("INVAILID_ARGUMENTS", "入参不合法");
    }
    @Nullable Trouble trouble = tampering.strike().orElse(null);
    if (trouble == Trouble.NOT_READY || !isReady(day.get(), now)) {
      return refused("isp.bill_not_exist", "账单不存在");
    }
    String sellerId = call.app().sellerId();
    Iterable<BillEntry> entries = tampering.entries(day.get(), truth(sellerId, day.get()));
    boolean dead = trouble == Trouble.LINK_DEAD;
    BillFile file =
        new BillFile(
            new TradeBill.Head(sellerId, day.get(), now),
            entries,
            dead ? now : now.plus(URL_LIFE),
            trouble);
    boolean empty = trouble == Trouble.EMPTY || !entries.iterator().hasNext();
    return Answer.success(
        empty
            ? ImmutableMap.of(
                "bill_download_url", url(file, base), "bill_file_code", "EMPTY_DATA_WITH_BILL_FILE")
            : ImmutableMap.of("bill_download_url", url(file, base)));
  }

  private static Answer refused(String subCode, String text) {
    return Answer.failure("40004", "Business Failed", subCode, text);
  }

  private String url(BillFile file, URI base) {
    String fileId = numbers.code(files::containsKey);
    files.put(fileId, file);
    String account = file.head.account();
    String date = file.head.day().format(DateTimeFormatter.BASIC_ISO_DATE);
    return base.resolve(PATH)
        + "?bizType=trade&userId=%s&fileType=csv.zip&bizDates=%s".formatted(account, date)
        + "&downloadFileName=%s_%s.csv.zip&fileId=%s".formatted(account, date, fileId);
  }

  private List<BillEntry> truth(String sellerId, LocalDate day) {
    return DayOfTrades.of(
        register.all().stream()
            .filter(trade -> trade.order().app().sellerId().equals(sellerId))
            .toList(),
        day);
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private boolean isReady(LocalDate day, Instant now) {
    return tampering.isReadyAtOnce()
        || !now.isBefore(
            day.plusDays(1).atStartOfDay(AlipayTime.ZONE).toInstant().plus(READY_AFTER));
  }

  /** The file itself: whoever has the URL has it, and nobody signs it. */
  Response file(Request request) {
    @Nullable BillFile file = files.get(request.query().getOrDefault("fileId", ""));
    if (file == null || !clock.instant().isBefore(file.until)) {
      return Response.page(200, "<html><body>下载链接已失效</body></html>");
    }
    if (file.trouble == Trouble.DAMAGED) {
      return Response.bytes(200, ZIPPED, cutShort(file));
    }
    return Response.streamed(200, ZIPPED, out -> write(file, out));
  }

  private static void write(BillFile file, OutputStream out) throws IOException {
    TradeBill.write(file.entries, file.head, file.trouble == Trouble.WRONG_TOTALS ? 1 : 0, out);
  }

  private static byte[] cutShort(BillFile file) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try {
      write(file, whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Arrays.copyOf(whole.toByteArray(), whole.size() / 2);
  }
}
