package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import com.google.common.hash.HashingOutputStream;
import dev.durablecheckout.sandbox.gateway.BillEntry;
import dev.durablecheckout.sandbox.gateway.BillTampering;
import dev.durablecheckout.sandbox.gateway.BillTampering.Trouble;
import dev.durablecheckout.sandbox.http.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Bills by day: first a link and a digest, then the file behind the link. */
final class BillService {
  /** After the end of the day. */
  private static final Duration READY_AFTER = Duration.ofHours(10);

  private static final Duration LINK_LIFE = Duration.ofMinutes(5);
  private static final int TOKEN_LENGTH = 43;

  /** A bill as it is at the time of the link; written anew for each who reads it. */
  private static final class BillFile {
    private final String mchId;
    private final Iterable<BillEntry> entries;
    private final boolean zipped;
    private final long offFen;
    private final Instant until;

    BillFile(
        String mchId, Iterable<BillEntry> entries, boolean zipped, long offFen, Instant until) {
      this.mchId = mchId;
      this.entries = entries;
      this.zipped = zipped;
      this.offFen = offFen;
      this.until = until;
    }

    private void writePlain(OutputStream out) throws IOException {
      TradeBill.write(entries, mchId, offFen, out);
    }

    void write(OutputStream out) throws IOException {
      if (zipped) {
        GZIPOutputStream zip = new GZIPOutputStream(out);
        writePlain(zip);
        zip.finish();
      } else {
        writePlain(out);
      }
    }

    /** Of what is inside, not of the file. */
    @SuppressWarnings("deprecation") // It is WeChat Pay that wants SHA-1.
    String sha1() {
      try (HashingOutputStream hashing =
          new HashingOutputStream(Hashing.sha1(), OutputStream.nullOutputStream())) {
        writePlain(hashing);
        return hashing.hash().toString();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final PaymentRegister register;
  private final WechatNumbers numbers;
  private final Clock clock;
  private final BillTampering tampering;
  private final Map<String, BillFile> files = new ConcurrentHashMap<>();

  BillService(
      PaymentRegister register, WechatNumbers numbers, Clock clock, BillTampering tampering) {
    this.register = register;
    this.numbers = numbers;
    this.clock = clock;
    this.tampering = tampering;
  }

  /** Where a day's bill can be fetched, and the digest of what is then found inside. */
  ObjectNode link(MerchantCall call) {
    LocalDate day = day(call.query().getOrDefault("bill_date", ""));
    String type = call.query().getOrDefault("bill_type", "ALL");
    @Nullable String tar = call.query().get("tar_type");
    if (!List.of("ALL", "SUCCESS", "REFUND").contains(type)) {
      throw Json.wrong("bill_type");
    }
    if (tar != null && !tar.equals("GZIP")) {
      throw Json.wrong("tar_type");
    }
    Instant now = clock.instant();
    Optional<Trouble> trouble = tampering.strike();
    refuseIf(
        trouble.filter(Trouble.NOT_READY::equals).isPresent() || !isReady(day, now),
        WechatRefusal.STATEMENT_CREATING);
    String mchId = call.merchant().mchId();
    Iterable<BillEntry> entries = tampering.entries(day, truth(mchId, day, type, now));
    refuseIf(
        trouble.filter(Trouble.EMPTY::equals).isPresent() || !entries.iterator().hasNext(),
        WechatRefusal.NO_STATEMENT_EXIST);
    BillFile file =
        new BillFile(
            mchId,
            entries,
            tar != null,
            trouble.filter(Trouble.WRONG_TOTALS::equals).isPresent() ? 1 : 0,
            trouble.filter(Trouble.LINK_DEAD::equals).isPresent() ? now : now.plus(LINK_LIFE));
    String token = numbers.letters(TOKEN_LENGTH);
    files.put(token, file);
    String sha1 = file.sha1();
    return Json.object()
        .put("hash_type", "SHA1")
        .put(
            "hash_value",
            trouble.filter(Trouble.DAMAGED::equals).isPresent()
                ? new StringBuilder(sha1).reverse().toString()
                : sha1)
        .put(
            "download_url", call.base().resolve("/v3/billdownload/file?token=" + token).toString());
  }

  private List<BillEntry> truth(String mchId, LocalDate day, String type, Instant now) {
    return DayOfPayments.of(
            register.all().stream().filter(each -> each.order().mchId().equals(mchId)).toList(),
            day.toString(),
            now)
        .stream()
        .filter(entry -> !type.equals(entry.isPayment() ? "REFUND" : "SUCCESS"))
        .toList();
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw Json.wrong("bill_date");
    }
  }

  private boolean isReady(LocalDate day, Instant now) {
    return tampering.isReadyAtOnce()
        || !now.isBefore(WechatTime.startOf(day.plusDays(1)).plus(READY_AFTER));
  }

  private static void refuseIf(boolean wrong, WechatRefusal refusal) {
    if (wrong) {
      throw new WechatRefusedException(refusal);
    }
  }

  /** The file itself, which nobody signs. */
  Response file(MerchantCall call) {
    @Nullable BillFile file = files.get(call.query().getOrDefault("token", ""));
    if (file == null
        || !file.mchId.equals(call.merchant().mchId())
        || !clock.instant().isBefore(file.until)) {
      throw new WechatRefusedException(WechatRefusal.NO_STATEMENT_EXIST);
    }
    return Response.streamed(200, Map.of("Content-Type", "application/octet-stream"), file::write);
  }
}
