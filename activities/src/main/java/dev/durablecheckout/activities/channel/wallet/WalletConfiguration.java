package dev.durablecheckout.activities.channel.wallet;

import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.activities.channel.ChannelAccount;
import dev.durablecheckout.activities.channel.ChannelConnections;
import dev.durablecheckout.activities.channel.NotifyVerifier;
import dev.durablecheckout.activities.channel.PayChannel;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayMethod;
import java.util.Optional;

/** The merchant lets buyers pay from a balance. There is nothing to set: {@code wallet: {}}. */
public record WalletConfiguration() implements ChannelAccount {
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
