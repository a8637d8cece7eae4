package dev.durablecheckout.activities.channel.wechatpay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/** PayScore's times: {@code yyyyMMddHHmmss} in China's time, unlike the rest of API v3. */
final class PayScoreTimes {
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

  private PayScoreTimes() {}

  /** The time, cut to the second. */
  static String format(Instant instant) {
    return FORMAT.format(instant.atOffset(ZONE));
  }

  /** IllegalArgumentException if it is none. */
  static Instant parse(String text) {
    try {
      return LocalDateTime.parse(text, FORMAT).toInstant(ZONE);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time of the form yyyyMMddHHmmss");
    }
  }
}
