package dev.durablecheckout.activities.merchant;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSetMultimap.flatteningToImmutableSetMultimap;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import dev.durablecheckout.activities.channel.ChannelAccount;
import dev.durablecheckout.activities.channel.alipay.AlipayConfiguration;
import dev.durablecheckout.activities.channel.wallet.WalletConfiguration;
import dev.durablecheckout.activities.channel.wechatpay.WechatAppConfiguration;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayConfiguration;
import dev.durablecheckout.activities.limit.PayLimitConfiguration;
import dev.durablecheckout.activities.withdrawal.WithdrawalLimitConfiguration;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayMethod;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One merchant, as the API and the worker know it. Each process is given only what it needs: the
 * API no private keys, the worker no API keys.
 *
 * @param name shown to buyers
 * @param limits of payments, per channel and method; kept by the worker
 * @param apiKeySha256 SHA-256 digests, in hex, of the API keys that speak for this merchant
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record MerchantConfiguration(
    MerchantId id,
    String name,
    @Nullable List<String> apiKeySha256,
    @Nullable AlipayConfiguration alipay,
    @Nullable WechatPayConfiguration wechatPay,
    @Nullable WalletConfiguration wallet,
    @Nullable EventEndpointConfiguration events,
    @Nullable List<PayLimitConfiguration> limits) {
  public MerchantConfiguration {
    apiKeySha256 = apiKeySha256 == null ? ImmutableList.of() : ImmutableList.copyOf(apiKeySha256);
    limits = limits == null ? ImmutableList.of() : ImmutableList.copyOf(limits);
  }

  /** Its accounts at the channels. */
  public ImmutableList<ChannelAccount> accounts() {
    return Stream.<@Nullable ChannelAccount>of(alipay, wechatPay, wallet)
        .filter(Objects::nonNull)
        .collect(toImmutableList());
  }

  /** How buyers can pay this merchant: what its accounts allow. */
  public ImmutableSetMultimap<Channel, PayMethod> methods() {
    return accounts().stream()
        .collect(
            flatteningToImmutableSetMultimap(
                ChannelAccount::channel, account -> account.methods().stream()));
  }

  /** The appid in whose name buyers inside WeChat are asked who they are, if there is one. */
  public Optional<String> officialAccount() {
    return Optional.ofNullable(wechatPay)
        .map(WechatPayConfiguration::officialAccount)
        .map(WechatAppConfiguration::appId);
  }

  /** Whether buyers can confirm service orders of this merchant. */
  public boolean takesServiceOrders() {
    return wechatPay != null && wechatPay.payScore() != null;
  }

  /** Where buyers can have their balance paid out, and how much of it. */
  public ImmutableList<WithdrawalLimitConfiguration> withdrawals() {
    return wallet == null ? ImmutableList.of() : ImmutableList.copyOf(wallet.withdrawals());
  }
}
