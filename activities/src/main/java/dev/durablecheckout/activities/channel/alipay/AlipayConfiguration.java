package dev.durablecheckout.activities.channel.alipay;

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
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's account at Alipay. Key mode needs {@code alipayPublicKey}; certificate mode needs
 * the three certificates instead.
 *
 * @param gatewayUrl default {@code https://openapi.alipay.com/gateway.do}
 * @param appId the application that calls
 * @param sellerId the account that is paid, 2088...
 * @param privateKey the application's RSA private key, PKCS#8, base64 or PEM; absent in the API,
 *     which makes no calls
 * @param alipayPublicKey Alipay's RSA public key, base64 or PEM: key mode
 * @param appCertificate the application's certificate, PEM: certificate mode
 * @param alipayCertificate Alipay's certificate, PEM: certificate mode
 * @param rootCertificates Alipay's root certificates, PEM: certificate mode
 * @param notifyUrl where Alipay sends notifies; absent in the API
 * @param connectTimeout default 3 s
 * @param readTimeout default 10 s
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AlipayConfiguration(
    @Nullable URI gatewayUrl,
    String appId,
    String sellerId,
    @Nullable Secret privateKey,
    @Nullable String alipayPublicKey,
    @Nullable String appCertificate,
    @Nullable String alipayCertificate,
    @Nullable String rootCertificates,
    @Nullable URI notifyUrl,
    @Nullable Duration connectTimeout,
    @Nullable Duration readTimeout)
    implements ChannelAccount {
  @Override
  public Channel channel() {
    return Channel.ALIPAY;
  }

  @Override
  public ImmutableSet<PayMethod> methods() {
    return ImmutableSet.of(PayMethod.QR, PayMethod.PAGE);
  }

  @Override
  public PayChannel payChannel(ChannelConnections connections) {
    Duration timeout =
        AlipayGateway.orDefault(connectTimeout, AlipayGateway.DEFAULT_CONNECT_TIMEOUT);
    return new AlipayChannel(this, connections.http(timeout), connections.clock());
  }

  @Override
  public Optional<NotifyVerifier> notifyVerifier(ChannelConnections connections) {
    return Optional.of(new AlipayNotifyVerifier(this));
  }
}
