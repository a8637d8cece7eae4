package dev.durablecheckout.activities.channel;

import com.google.common.collect.ImmutableTable;
import dev.durablecheckout.activities.channel.alipay.AlipayConfiguration;
import dev.durablecheckout.activities.channel.alipay.AlipayNotifyVerifier;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayConfiguration;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayNotifyVerifier;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who verifies the notifies to each merchant's account, for the process that receives them. */
public final class NotifyVerifiers {
  private final ImmutableTable<MerchantId, Channel, NotifyVerifier> verifiers;

  private NotifyVerifiers(ImmutableTable<MerchantId, Channel, NotifyVerifier> verifiers) {
    this.verifiers = verifiers;
  }

  /**
   * The verifiers of these merchants' accounts.
   *
   * @throws IllegalArgumentException naming the merchant and the setting that is wrong, or if a
   *     merchant occurs twice
   */
  public static NotifyVerifiers of(List<MerchantConfiguration> merchants, Clock clock) {
    Map<Duration, BoundedHttpClient> clients = new HashMap<>();
    ImmutableTable.Builder<MerchantId, Channel, NotifyVerifier> verifiers =
        ImmutableTable.builder();
    for (MerchantConfiguration merchant : merchants) {
      AlipayConfiguration alipay = merchant.alipay();
      if (alipay != null) {
        verifiers.put(
            merchant.id(),
            Channel.ALIPAY,
            Accounts.read(merchant.id(), () -> new AlipayNotifyVerifier(alipay)));
      }
      WechatPayConfiguration wechatPay = merchant.wechatPay();
      if (wechatPay != null) {
        BoundedHttpClient http =
            clients.computeIfAbsent(
                WechatPayNotifyVerifier.connectTimeout(wechatPay), BoundedHttpClient::new);
        verifiers.put(
            merchant.id(),
            Channel.WECHAT_PAY,
            Accounts.read(
                merchant.id(), () -> new WechatPayNotifyVerifier(wechatPay, http, clock)));
      }
    }
    return new NotifyVerifiers(verifiers.buildOrThrow());
  }

  /** The verifier of a merchant's account; NoSuchAccountException if there is none. */
  public NotifyVerifier get(MerchantId merchant, Channel channel) {
    NotifyVerifier found = verifiers.get(merchant, channel);
    if (found == null) {
      throw new NoSuchAccountException(merchant, channel);
    }
    return found;
  }
}
