package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import dev.durablecheckout.sandbox.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Bills by day: first a link and a digest, then the file behind the link. */
final class BillService {
  /** After the end of the day. */
  private static final Duration READY_AFTER = Duration.ofHours(10);

  private static final Duration LINK_LIFE = Duration.ofMinutes(5);
  private static final int TOKEN_LENGTH = 43;

  private static final class BillFile {
    private final String mchId;
    private final byte[] content;
    private final Instant until;

    BillFile(String mchId, byte[] content, Instant until) {
      this.mchId = mchId;
      this.content = content;
      this.until = until;
    }
  }

  private final PaymentRegister register;
  private final WechatNumbers numbers;
  private final Clock clock;
  private final Map<String, BillFile> files = new ConcurrentHashMap<>();

  BillService(PaymentRegister register, WechatNumbers numbers, Clock clock) {
    this.register = register;
    this.numbers = numbers;
    this.clock = clock;
  }

  /** Where a day's bill can be fetched, and the digest of what is then found inside. */
  ObjectNode link(MerchantCall call) {
    String day = call.query().getOrDefault("bill_date", "");
    String type = call.query().getOrDefault("bill_type", "ALL");
    @Nullable String tar = call.query().get("tar_type");
    if (!List.of("ALL", "SUCCESS", "REFUND").contains(type)) {
      throw Json.wrong("bill_type");
    }
    if (tar != null && !tar.equals("GZIP")) {
      throw Json.wrong("tar_type");
    }
    Instant now = clock.instant();
    refuseUnlessReady(day, now);
    String mchId = call.merchant().mchId();
    List<WechatPayment> payments =
        register.all().stream().filter(each -> each.order().mchId().equals(mchId)).toList();
    byte[] bill =
        TradeBill.of(payments, day, now, !type.equals("REFUND"), !type.equals("SUCCESS"))
            .orElseThrow(() -> new WechatRefusedException(WechatRefusal.NO_STATEMENT_EXIST))
            .getBytes(StandardCharsets.UTF_8);
    String token = numbers.letters(TOKEN_LENGTH);
    files.put(token, new BillFile(mchId, tar == null ? bill : zipped(bill), now.plus(LINK_LIFE)));
    return Json.object()
        .put("hash_type", "SHA1")
        .put("hash_value", sha1(bill))
        .put(
            "download_url", call.base().resolve("/v3/billdownload/file?token=" + token).toString());
  }

  @SuppressWarnings("deprecation") // It is WeChat Pay that wants SHA-1.
  private static String sha1(byte[] bill) {
    return Hashing.sha1().hashBytes(bill).toString();
  }

  private static void refuseUnlessReady(String day, Instant now) {
    Instant ready;
    try {
      ready = WechatTime.startOf(LocalDate.parse(day).plusDays(1)).plus(READY_AFTER);
    } catch (DateTimeException e) {
      throw Json.wrong("bill_date");
    }
    if (now.isBefore(ready)) {
      throw new WechatRefusedException(WechatRefusal.STATEMENT_CREATING);
    }
  }

  private static byte[] zipped(byte[] bill) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
      zip.write(bill);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  /** The file itself, which nobody signs. */
  Response file(MerchantCall call) {
    @Nullable BillFile file = files.get(call.query().getOrDefault("token", ""));
    if (file == null
        || !file.mchId.equals(call.merchant().mchId())
        || !clock.instant().isBefore(file.until)) {
      throw new WechatRefusedException(WechatRefusal.NO_STATEMENT_EXIST);
    }
    return Response.bytes(200, Map.of("Content-Type", "application/octet-stream"), file.content);
  }
}
