package dev.durablecheckout.sandbox.contract;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.durablecheckout.activities.bill.BillAnswer;
import dev.durablecheckout.activities.channel.ChannelConnections;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.LoggerFactory;

/**
 * Downloads a bill of so many lines from a simulated channel in the same JVM: {@code
 * alipay|wechatpay lines}. Meant for a JVM with little memory.
 */
final class MillionLines {
  private MillionLines() {}

  public static void main(String[] arguments) throws Exception {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    long lines = Long.parseLong(arguments[1]);
    try (ChannelStage stage = stage(arguments[0])) {
      // WeChat Pay goes through the bill before it answers, for the digest.
      stage.readTimeout = Duration.ofMinutes(2);
      stage.billTampering().readyAtOnce(true);
      stage.billTampering().generate(lines, 1);
      AtomicLong taken = new AtomicLong();
      long start = System.nanoTime();
      BillAnswer bill =
          stage
              .account()
              .bills(
                  new ChannelConnections(
                      Clock.offset(stage.clock, Duration.ofDays(1)),
                      Jdbi.create("jdbc:postgresql://nowhere/")))
              .orElseThrow()
              .download(
                  LocalDate.ofInstant(stage.clock.instant(), ZoneOffset.ofHours(8)),
                  line -> taken.incrementAndGet());
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%s: %d lines taken, %s, %.1f s, %.0f lines/s, heap of %d MiB%n",
          arguments[0],
          taken.get(),
          bill.totals(),
          seconds,
          lines / seconds,
          Runtime.getRuntime().maxMemory() >> 20);
    }
  }

  private static ChannelStage stage(String channel) throws Exception {
    return channel.equals("alipay")
        ? AlipayStage.withKeys()
        : new WechatPayStage(WechatPayStage.Keys.PUBLIC_KEY);
  }
}
