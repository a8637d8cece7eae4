package dev.durablecheckout.activities.channel;

import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayMethod;
import java.util.Optional;

/**
 * A merchant's account at a channel, as it is configured: all that the rest of the checkout knows
 * of a channel. Each channel has a folder of its own, and in it the configuration that is one.
 */
public interface ChannelAccount {
  Channel channel();

  /** How buyers can pay on it, as it is set up. */
  ImmutableSet<PayMethod> methods();

  /**
   * The calls, for the process that makes them. Checks the settings; calls nobody.
   *
   * @throws IllegalArgumentException naming the setting that is missing or wrong
   */
  PayChannel payChannel(ChannelConnections connections);

  /**
   * Who verifies what the channel sends, for the process that receives it; empty if it sends
   * nothing. Checks the settings; calls nobody.
   *
   * @throws IllegalArgumentException naming the setting that is missing or wrong
   */
  Optional<NotifyVerifier> notifyVerifier(ChannelConnections connections);

  /**
   * The calls to service orders, for the process that makes them; empty if the account has none.
   * Checks the settings; calls nobody.
   *
   * @throws IllegalArgumentException naming the setting that is missing or wrong
   */
  default Optional<ServiceOrderChannel> serviceOrders(ChannelConnections connections) {
    return Optional.empty();
  }

  /**
   * The account's bills, for the process that compares them with the books; empty if the channel
   * writes none. Checks the settings; calls nobody.
   *
   * @throws IllegalArgumentException naming the setting that is missing or wrong
   */
  default Optional<BillChannel> bills(ChannelConnections connections) {
    return Optional.empty();
  }

  /**
   * The payouts out of the account, for the process that makes them; empty if it has none. Checks
   * the settings; calls nobody.
   *
   * @throws IllegalArgumentException naming the setting that is missing or wrong
   */
  default Optional<PayoutChannel> payouts(ChannelConnections connections) {
    return Optional.empty();
  }
}
