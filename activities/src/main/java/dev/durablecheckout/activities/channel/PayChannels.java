package dev.durablecheckout.activities.channel;

import com.google.common.collect.ImmutableTable;
import dev.durablecheckout.activities.channel.alipay.AlipayChannel;
import dev.durablecheckout.activities.channel.alipay.AlipayConfiguration;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayChannel;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayConfiguration;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
   * The channels of these merchants. Connections are shared by merchants with the same timeout.
   *
   * @throws IllegalArgumentException naming the merchant and the setting that is wrong, or if a
   *     merchant occurs twice
   */
  public static PayChannels of(List<MerchantConfiguration> merchants, Clock clock) {
    Map<Duration, BoundedHttpClient> clients = new HashMap<>();
    ImmutableTable.Builder<MerchantId, Channel, PayChannel> channels = ImmutableTable.builder();
    for (MerchantConfiguration merchant : merchants) {
      AlipayConfiguration alipay = merchant.alipay();
      if (alipay != null) {
        BoundedHttpClient http =
            clients.computeIfAbsent(AlipayChannel.connectTimeout(alipay), BoundedHttpClient::new);
        channels.put(
            merchant.id(),
            Channel.ALIPAY,
            Accounts.read(merchant.id(), () -> new AlipayChannel(alipay, http, clock)));
      }
      WechatPayConfiguration wechatPay = merchant.wechatPay();
      if (wechatPay != null) {
        BoundedHttpClient http =
            clients.computeIfAbsent(
                WechatPayChannel.connectTimeout(wechatPay), BoundedHttpClient::new);
        channels.put(
            merchant.id(),
            Channel.WECHAT_PAY,
            Accounts.read(merchant.id(), () -> new WechatPayChannel(wechatPay, http, clock)));
      }
    }
    return new PayChannels(channels.buildOrThrow());
  }

  /** A merchant's channel; NoSuchAccountException if there is none. */
  public PayChannel get(MerchantId merchant, Channel channel) {
    PayChannel found = channels.get(merchant, channel);
    if (found == null) {
      throw new NoSuchAccountException(merchant, channel);
    }
    return found;
  }
}
