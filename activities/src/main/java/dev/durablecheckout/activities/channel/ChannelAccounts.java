package dev.durablecheckout.activities.channel;

import com.google.common.collect.ImmutableTable;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes something of each account of each merchant; an error says whose it is. */
final class ChannelAccounts {
  private ChannelAccounts() {}

  /**
   * @throws IllegalArgumentException naming the merchant and the setting that is wrong, or if a
   *     merchant occurs twice
   */
  static <T> ImmutableTable<MerchantId, Channel, T> read(
      List<MerchantConfiguration> merchants, Function<ChannelAccount, Optional<T>> make) {
    ImmutableTable.Builder<MerchantId, Channel, T> made = ImmutableTable.builder();
    for (MerchantConfiguration merchant : merchants) {
      for (ChannelAccount account : merchant.accounts()) {
        try {
          make.apply(account).ifPresent(one -> made.put(merchant.id(), account.channel(), one));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "merchant " + merchant.id() + ": " + e.getMessage(), e);
        }
      }
    }
    return made.buildOrThrow();
  }

  /** What was made of a merchant's account; NoSuchAccountException if there is none. */
  static <T> T find(
      ImmutableTable<MerchantId, Channel, T> made, MerchantId merchant, Channel channel) {
    T found = made.get(merchant, channel);
    if (found == null) {
      throw new NoSuchAccountException(merchant, channel);
    }
    return found;
  }
}
