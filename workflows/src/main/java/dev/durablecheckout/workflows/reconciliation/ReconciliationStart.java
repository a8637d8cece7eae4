package dev.durablecheckout.workflows.reconciliation;

import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;

/** Whose bill a schedule sees to. */
public record ReconciliationStart(MerchantId merchant, Channel channel) {
  /**
   * The id of the one schedule for it; also, with a time behind it, of what the schedule starts.
   */
  public String scheduleId() {
    return "reconcile:" + merchant + ":" + channel;
  }
}
