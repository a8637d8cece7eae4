package dev.durablecheckout.activities.channel.alipay;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.durablecheckout.activities.channel.BillChannel;
import dev.durablecheckout.activities.channel.ChannelAccount;
import dev.durablecheckout.activities.channel.ChannelConnections;
import dev.durablecheckout.activities.channel.NotifyVerifier;
import dev.durablecheckout.activities.channel.PayChannel;
import dev.durablecheckout.activities.channel.PayoutChannel;
import dev.durablecheckout.activities.http.BoundedHttpClient;
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
 * @param methods the products that the account has a contract for; default QR and PAGE
 * @param payout if the account may pay out: certificate mode only
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
    @Nullable Duration readTimeout,
    ImmutableSet<PayMethod> methods,
    @Nullable AlipayPayoutConfiguration payout)
    implements ChannelAccount {
  /**
   * What any account that sells on the web has. A link or an order of a product without a contract
   * is signed here all the same, and only the buyer sees Alipay turn it down: so the others are
   * offered when somebody says that the account has them.
   */
  private static final ImmutableSet<PayMethod> DEFAULT_METHODS =
      Sets.immutableEnumSet(PayMethod.QR, PayMethod.PAGE);

  public AlipayConfiguration {
    methods = methods == null ? DEFAULT_METHODS : methods;
    checkArgument(
        !methods.isEmpty() && Channel.ALIPAY.methods().containsAll(methods),
        "methods of an Alipay account are some of %s",
        Channel.ALIPAY.methods());
  }

  /** With the methods that are the default. */
  public AlipayConfiguration(
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
      @Nullable Duration readTimeout) {
    this(
        gatewayUrl,
        appId,
        sellerId,
        privateKey,
        alipayPublicKey,
        appCertificate,
        alipayCertificate,
        rootCertificates,
        notifyUrl,
        connectTimeout,
        readTimeout,
        DEFAULT_METHODS);
  }

  /** Without payouts. */
  public AlipayConfiguration(
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
      @Nullable Duration readTimeout,
      ImmutableSet<PayMethod> methods) {
    this(
        gatewayUrl,
        appId,
        sellerId,
        privateKey,
        alipayPublicKey,
        appCertificate,
        alipayCertificate,
        rootCertificates,
        notifyUrl,
        connectTimeout,
        readTimeout,
        methods,
        null);
  }

  @Override
  public Channel channel() {
    return Channel.ALIPAY;
  }

  @Override
  public PayChannel payChannel(ChannelConnections connections) {
    return new AlipayChannel(this, http(connections), connections.clock());
  }

  @Override
  public Optional<NotifyVerifier> notifyVerifier(ChannelConnections connections) {
    return Optional.of(new AlipayMessageVerifier(this, connections.clock()));
  }

  @Override
  public Optional<PayoutChannel> payouts(ChannelConnections connections) {
    AlipayPayoutConfiguration settings = payout;
    if (settings == null) {
      return Optional.empty();
    }
    checkArgument(
        alipayCertificate != null,
        "payout needs certificate mode: Alipay takes no payouts of an account in key mode");
    return Optional.of(
        new AlipayPayouts(
            new AlipayGateway(this, http(connections)), settings, connections.clock()));
  }

  @Override
  public Optional<BillChannel> bills(ChannelConnections connections) {
    return Optional.of(new AlipayBills(this, http(connections), connections.clock()));
  }

  private BoundedHttpClient http(ChannelConnections connections) {
    return connections.http(
        AlipayGateway.orDefault(connectTimeout, AlipayGateway.DEFAULT_CONNECT_TIMEOUT));
  }
}
