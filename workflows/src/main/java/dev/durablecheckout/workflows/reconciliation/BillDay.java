package dev.durablecheckout.workflows.reconciliation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Splitter;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * What is reconciled in one go: one day of one merchant's account at one channel.
 *
 * @param day in Asia/Shanghai, as the channels' bills have it
 */
public record BillDay(MerchantId merchant, Channel channel, LocalDate day) {
  /** The days of bills are days here. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private static final String ID = "reconciliation:";
  private static final Splitter PARTS = Splitter.on(':');

  /**
   * The day that the workflow with this id reconciles.
   *
   * @throws IllegalArgumentException if it is not of the form that {@link #workflowId} gives
   */
  public static BillDay ofWorkflowId(String workflowId) {
    checkArgument(workflowId.startsWith(ID), "not the id of a reconciliation: %s", workflowId);
    List<String> parts = PARTS.splitToList(workflowId.substring(ID.length()));
    checkArgument(parts.size() == 3, "not the id of a reconciliation: %s", workflowId);
    try {
      return new BillDay(
          MerchantId.of(parts.get(0)),
          Channel.valueOf(parts.get(1)),
          LocalDate.parse(parts.get(2)));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not the id of a reconciliation: " + workflowId, e);
    }
  }

  /** The id of the one workflow that reconciles this day. */
  public String workflowId() {
    return ID + merchant + ":" + channel + ":" + day;
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
