package dev.durablecheckout.activities.merchant;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import dev.durablecheckout.activities.channel.alipay.AlipayConfiguration;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayConfiguration;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One merchant, as the API and the worker know it. Each process is given only what it needs: the
 * API no private keys, the worker no API keys.
 *
 * @param name shown to buyers
 * @param apiKeySha256 SHA-256 digests, in hex, of the API keys that speak for this merchant
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record MerchantConfiguration(
    MerchantId id,
    String name,
    @Nullable List<String> apiKeySha256,
    @Nullable AlipayConfiguration alipay,
    @Nullable WechatPayConfiguration wechatPay,
    @Nullable EventEndpointConfiguration events) {
  public MerchantConfiguration {
    apiKeySha256 = apiKeySha256 == null ? ImmutableList.of() : ImmutableList.copyOf(apiKeySha256);
  }

  /** How buyers can pay this merchant: what its accounts allow. */
  public ImmutableSetMultimap<Channel, PayMethod> methods() {
    ImmutableSetMultimap.Builder<Channel, PayMethod> methods = ImmutableSetMultimap.builder();
    if (alipay != null) {
      methods.putAll(Channel.ALIPAY, PayMethod.QR, PayMethod.PAGE);
    }
    if (wechatPay != null) {
      methods.putAll(Channel.WECHAT_PAY, wechatPay.methods());
    }
    return methods.build();
  }
}
