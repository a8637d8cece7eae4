package dev.durablecheckout.activities.channel;

import com.google.common.collect.ImmutableTable;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import java.util.List;

/** Where each merchant can pay out, for the process that calls there. */
public final class PayoutChannels {
  private final ImmutableTable<MerchantId, Channel, PayoutChannel> channels;

  private PayoutChannels(ImmutableTable<MerchantId, Channel, PayoutChannel> channels) {
    this.channels = channels;
  }

  /** These channels, for those who have their own. */
  public static PayoutChannels of(ImmutableTable<MerchantId, Channel, PayoutChannel> channels) {
    return new PayoutChannels(channels);
  }

  /**
   * Those of these merchants.
   *
   * @throws IllegalArgumentException naming the merchant and the setting that is wrong
   */
  public static PayoutChannels of(
      List<MerchantConfiguration> merchants, ChannelConnections connections) {
    return new PayoutChannels(
        ChannelAccounts.read(merchants, account -> account.payouts(connections)));
  }

  /** A merchant's; NoSuchAccountException if it cannot pay out there. */
  public PayoutChannel get(MerchantId merchant, Channel channel) {
    return ChannelAccounts.find(channels, merchant, channel);
  }
}
