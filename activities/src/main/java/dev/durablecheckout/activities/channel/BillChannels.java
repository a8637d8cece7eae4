package dev.durablecheckout.activities.channel;

import com.google.common.collect.ImmutableTable;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import java.util.List;

/** Where each merchant's bills come from, for the process that compares them with the books. */
public final class BillChannels {
  private final ImmutableTable<MerchantId, Channel, BillChannel> channels;

  private BillChannels(ImmutableTable<MerchantId, Channel, BillChannel> channels) {
    this.channels = channels;
  }

  /** These, for those who have their own. */
  public static BillChannels of(ImmutableTable<MerchantId, Channel, BillChannel> channels) {
    return new BillChannels(channels);
  }

  /**
   * Those of these merchants.
   *
   * @throws IllegalArgumentException naming the merchant and the setting that is wrong
   */
  public static BillChannels of(
      List<MerchantConfiguration> merchants, ChannelConnections connections) {
    return new BillChannels(ChannelAccounts.read(merchants, account -> account.bills(connections)));
  }

  /** A merchant's; NoSuchAccountException if there is none. */
  public BillChannel get(MerchantId merchant, Channel channel) {
    return ChannelAccounts.find(channels, merchant, channel);
  }

  /** All that there are, by merchant and channel. */
  public ImmutableTable<MerchantId, Channel, BillChannel> all() {
    return channels;
  }
}
