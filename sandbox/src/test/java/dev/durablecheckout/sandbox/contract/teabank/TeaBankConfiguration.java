package dev.durablecheckout.sandbox.contract.teabank;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.activities.channel.ChannelAccount;
import dev.durablecheckout.activities.channel.ChannelConnections;
import dev.durablecheckout.activities.channel.NotifyVerifier;
import dev.durablecheckout.activities.channel.PayChannel;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayMethod;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's account at Tea Bank.
 *
 * @param account the account that is paid
 * @param bankKey Tea Bank's public key, Ed25519, base64
 * @param privateKey the merchant's, PKCS#8, base64; absent in the API, which makes no calls
 * @param notifyUrl where Tea Bank sends notifies; absent in the API
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TeaBankConfiguration(
    URI gatewayUrl,
    String account,
    String bankKey,
    @Nullable Secret privateKey,
    @Nullable URI notifyUrl)
    implements ChannelAccount {
  @Override
  public Channel channel() {
    return Channel.ALIPAY; // Borrowed for the example. Yours has a constant of its own.
  }

  @Override
  public ImmutableSet<PayMethod> methods() {
    return ImmutableSet.of(PayMethod.PAGE);
  }

  @Override
  public PayChannel payChannel(ChannelConnections connections) {
    return new TeaBankChannel(
        this,
        new TeaBankApi(
            gatewayUrl,
            account,
            TeaBankKeys.of(this),
            connections.http(TeaBankApi.CONNECT_TIMEOUT),
            connections.clock()));
  }

  @Override
  public Optional<NotifyVerifier> notifyVerifier(ChannelConnections connections) {
    return Optional.of(new TeaBankNotifyVerifier(account, TeaBankKeys.of(this)));
  }
}
