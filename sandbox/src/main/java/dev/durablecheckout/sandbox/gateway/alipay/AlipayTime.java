package dev.durablecheckout.sandbox.gateway.alipay;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Optional;

/** Alipay's times: Beijing time, without a zone. */
final class AlipayTime {
  static final ZoneId ZONE = ZoneOffset.ofHours(8);

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZONE);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZONE);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuuMMdd").withZone(ZONE);

  private AlipayTime() {}

  static String seconds(Instant instant) {
    return SECONDS.format(instant);
  }

  static String millis(Instant instant) {
    return MILLIS.format(instant);
  }

  static String day(Instant instant) {
    return DAY.format(instant);
  }

  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text, SECONDS).atZone(ZONE).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
