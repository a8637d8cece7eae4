package dev.durablecheckout.activities.channel;

import com.google.common.collect.ImmutableTable;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import java.util.List;

/** Who keeps each merchant's service orders, for the process that calls them. */
public final class ServiceOrderChannels {
  private final ImmutableTable<MerchantId, Channel, ServiceOrderChannel> channels;

  private ServiceOrderChannels(ImmutableTable<MerchantId, Channel, ServiceOrderChannel> channels) {
    this.channels = channels;
  }

  /**
   * Those of these merchants.
   *
   * @throws IllegalArgumentException naming the merchant and the setting that is wrong
   */
  public static ServiceOrderChannels of(
      List<MerchantConfiguration> merchants, ChannelConnections connections) {
    return new ServiceOrderChannels(
        ChannelAccounts.read(merchants, account -> account.serviceOrders(connections)));
  }

  /** A merchant's; NoSuchAccountException if there is none. */
  public ServiceOrderChannel get(MerchantId merchant) {
    return ChannelAccounts.find(channels, merchant, Channel.WECHAT_PAY);
  }
}
