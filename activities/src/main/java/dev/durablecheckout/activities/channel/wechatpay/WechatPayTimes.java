package dev.durablecheckout.activities.channel.wechatpay;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** WeChat Pay's times: RFC 3339, as WeChat writes them itself, at +08:00 and to the second. */
final class WechatPayTimes {
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

  private WechatPayTimes() {}

  /** The time, cut to the second. */
  static String format(Instant instant) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        instant.truncatedTo(ChronoUnit.SECONDS).atOffset(ZONE));
  }
}
