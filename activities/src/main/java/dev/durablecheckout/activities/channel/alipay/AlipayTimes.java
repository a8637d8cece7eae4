package dev.durablecheckout.activities.channel.alipay;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;

/**
 * Alipay's times, {@code yyyy-MM-dd HH:mm:ss} in GMT+8 without saying so. (The SDK reads them in
 * the time zone of the machine; hence not by it.)
 */
final class AlipayTimes {
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final int LENGTH = 19;

  private AlipayTimes() {}

  /** The time, cut to the second. */
  static String format(Instant instant) {
    return FORMAT.format(instant.atOffset(ZONE));
  }

  /**
   * Reads a time; a fraction of a second, as in {@code gmt_refund}, is dropped.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static Instant parse(String time) {
    checkArgument(
        time.length() == LENGTH || time.matches(".{19}\\.[0-9]{1,9}"), "not a time of Alipay");
    try {
      return LocalDateTime.parse(time.substring(0, LENGTH), FORMAT).toInstant(ZONE);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a time of Alipay", e);
    }
  }
}
