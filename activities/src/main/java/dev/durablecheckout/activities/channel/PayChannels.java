package dev.durablecheckout.activities.channel;

import com.google.common.collect.ImmutableTable;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import java.util.List;
import java.util.Optional;

/** The channels on which each merchant can be paid, for the process that calls them. */
public final class PayChannels {
  private final ImmutableTable<MerchantId, Channel, PayChannel> channels;

  private PayChannels(ImmutableTable<MerchantId, Channel, PayChannel> channels) {
    this.channels = channels;
  }

  /** These channels, for those who have their own. */
  public static PayChannels of(ImmutableTable<MerchantId, Channel, PayChannel> channels) {
    return new PayChannels(channels);
  }

  /**
   * The channels of these merchants.
   *
   * @throws IllegalArgumentException naming the merchant and the setting that is wrong, or if a
   *     merchant occurs twice
   */
  public static PayChannels of(
      List<MerchantConfiguration> merchants, ChannelConnections connections) {
    return new PayChannels(
        ChannelAccounts.read(merchants, account -> Optional.of(account.payChannel(connections))));
  }

  /** A merchant's channel; NoSuchAccountException if there is none. */
  public PayChannel get(MerchantId merchant, Channel channel) {
    return ChannelAccounts.find(channels, merchant, channel);
  }
}
