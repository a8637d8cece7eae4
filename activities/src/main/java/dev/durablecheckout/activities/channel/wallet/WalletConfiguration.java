package dev.durablecheckout.activities.channel.wallet;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.activities.channel.ChannelAccount;
import dev.durablecheckout.activities.channel.ChannelConnections;
import dev.durablecheckout.activities.channel.NotifyVerifier;
import dev.durablecheckout.activities.channel.PayChannel;
import dev.durablecheckout.activities.withdrawal.WithdrawalLimitConfiguration;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayMethod;
import java.util.List;
import java.util.Optional;

/**
 * The merchant lets buyers pay from a balance; {@code wallet: {}} is enough.
 *
 * @param withdrawals where buyers can have their balance paid out, and how much; nowhere if absent
 */
public record WalletConfiguration(List<WithdrawalLimitConfiguration> withdrawals)
    implements ChannelAccount {
  public WalletConfiguration {
    withdrawals = withdrawals == null ? ImmutableList.of() : ImmutableList.copyOf(withdrawals);
    checkArgument(
        withdrawals.stream().map(WithdrawalLimitConfiguration::channel).distinct().count()
            == withdrawals.size(),
        "a channel occurs twice in withdrawals");
  }

  /** Nothing is paid out. */
  public WalletConfiguration() {
    this(ImmutableList.of());
  }

  @Override
  public Channel channel() {
    return Channel.WALLET;
  }

  @Override
  public ImmutableSet<PayMethod> methods() {
    return Channel.WALLET.methods();
  }

  @Override
  public PayChannel payChannel(ChannelConnections connections) {
    return new WalletChannel(connections.books(), connections.clock());
  }

  /** Nobody tells us what happens in our own books. */
  @Override
  public Optional<NotifyVerifier> notifyVerifier(ChannelConnections connections) {
    return Optional.empty();
  }
}
