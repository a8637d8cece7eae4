package dev.durablecheckout.workflows.reconciliation;

import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * What is reconciled in one go: one day of one merchant's account at one channel.
 *
 * @param day in Asia/Shanghai, as the channels' bills have it
 */
public record BillDay(MerchantId merchant, Channel channel, LocalDate day) {
  /** The days of bills are days here. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** The id of the one workflow that reconciles this day. */
  public String workflowId() {
    return "reconciliation:" + merchant + ":" + channel + ":" + day;
  }

  /** The day's first moment. */
  public Instant begin() {
    return day.atStartOfDay(ZONE).toInstant();
  }

  /** The first moment that is not the day's any more. */
  public Instant end() {
    return day.plusDays(1).atStartOfDay(ZONE).toInstant();
  }

  @Override
  public String toString() {
    return merchant + " " + channel + " " + day;
  }
}
