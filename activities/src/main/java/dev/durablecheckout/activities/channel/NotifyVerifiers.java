package dev.durablecheckout.activities.channel;

import com.google.common.collect.ImmutableTable;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import java.util.List;

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
  public static NotifyVerifiers of(
      List<MerchantConfiguration> merchants, ChannelConnections connections) {
    return new NotifyVerifiers(
        ChannelAccounts.read(merchants, account -> account.notifyVerifier(connections)));
  }

  /** The verifier of a merchant's account; NoSuchAccountException if there is none. */
  public NotifyVerifier get(MerchantId merchant, Channel channel) {
    return ChannelAccounts.find(verifiers, merchant, channel);
  }
}
