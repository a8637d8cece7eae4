package dev.durablecheckout.sandbox.gateway.wechatpay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** WeChat Pay's times, all in China's. */
final class WechatTime {
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
  private static final DateTimeFormatter PLAIN =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZONE);
  private static final DateTimeFormatter READABLE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZONE);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZONE);

  private WechatTime() {}

  /** {@code 2026-11-24T12:30:00+08:00}. */
  static String rfc3339(Instant instant) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        instant.truncatedTo(ChronoUnit.SECONDS).atOffset(ZONE));
  }

  /** {@code 20261124123000}, as PayScore has it. */
  static String plain(Instant instant) {
    return PLAIN.format(instant);
  }

  /** Empty if it is no time of that form. */
  static Optional<Instant> parsePlain(String text) {
    try {
      return Optional.of(PLAIN.parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** {@code 2026-11-24 12:30:00}, as people and bills have it. */
  static String readable(Instant instant) {
    return READABLE.format(instant);
  }

  /** {@code 2026-11-24}. */
  static String day(Instant instant) {
    return DAY.format(instant);
  }
}
