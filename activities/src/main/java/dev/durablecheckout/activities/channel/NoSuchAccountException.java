package dev.durablecheckout.activities.channel;

import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;

/** This process has no such merchant in its configuration, or none with an account there. */
public final class NoSuchAccountException extends RuntimeException {
  public NoSuchAccountException(MerchantId merchant, Channel channel) {
    super("no account of merchant " + merchant + " at " + channel + " is configured here");
  }
}
