package dev.durablecheckout.activities.channel.wechatpay;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.activities.channel.BillChannel;
import dev.durablecheckout.activities.channel.ChannelAccount;
import dev.durablecheckout.activities.channel.ChannelConnections;
import dev.durablecheckout.activities.channel.NotifyVerifier;
import dev.durablecheckout.activities.channel.PayChannel;
import dev.durablecheckout.activities.channel.PayoutChannel;
import dev.durablecheckout.activities.channel.ServiceOrderChannel;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayMethod;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's account at WeChat Pay, API v3. WeChat's messages are verified by its public key
 * ({@code publicKey}), by its platform certificates, or by both while WeChat moves the account from
 * one to the other: each message names its key.
 *
 * @param gatewayUrl default {@code https://api.mch.weixin.qq.com}
 * @param fallbackUrl the second domain, for a gateway that cannot be connected to; default {@code
 *     https://api2.wechatpay.cn}, none if {@code gatewayUrl} is set
 * @param loginUrl where login codes are exchanged, default {@code https://api.weixin.qq.com}
 * @param mchId the account that is paid
 * @param officialAccount for JSAPI
 * @param miniProgram for MINI_PROGRAM
 * @param mobileApp for APP. QR and H5 take whichever is set, in the order of these three
 * @param privateKey the merchant's RSA private key, PKCS#8, base64 or PEM; absent in the API, which
 *     makes no calls
 * @param merchantSerialNo of the merchant's certificate; absent in the API
 * @param apiV3Key 32 bytes: opens notifies and platform certificates
 * @param publicKey WeChat Pay's RSA public key, base64 or PEM
 * @param publicKeyId its name, {@code PUB_KEY_ID_...}
 * @param platformCertificates WeChat Pay's platform certificates, PEM, known in advance
 * @param downloadCertificates whether platform certificates are downloaded as well, which needs the
 *     private key; default: if there is no {@code publicKey}. Set it while both kinds are in use
 * @param payScore the merchant's service at PayScore, if it has one
 * @param notifyUrl where WeChat sends notifies, https without a query; absent in the API
 * @param connectTimeout default 3 s
 * @param readTimeout default 10 s
 * @param payout if the account may pay out
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WechatPayConfiguration(
    @Nullable URI gatewayUrl,
    @Nullable URI fallbackUrl,
    @Nullable URI loginUrl,
    String mchId,
    @Nullable WechatAppConfiguration officialAccount,
    @Nullable WechatAppConfiguration miniProgram,
    @Nullable WechatAppConfiguration mobileApp,
    @Nullable Secret privateKey,
    @Nullable String merchantSerialNo,
    Secret apiV3Key,
    @Nullable String publicKey,
    @Nullable String publicKeyId,
    @Nullable List<String> platformCertificates,
    @Nullable Boolean downloadCertificates,
    @Nullable PayScoreConfiguration payScore,
    @Nullable URI notifyUrl,
    @Nullable Duration connectTimeout,
    @Nullable Duration readTimeout,
    @Nullable WechatPayoutConfiguration payout)
    implements ChannelAccount {
  /** Without payouts. */
  public WechatPayConfiguration(
      @Nullable URI gatewayUrl,
      @Nullable URI fallbackUrl,
      @Nullable URI loginUrl,
      String mchId,
      @Nullable WechatAppConfiguration officialAccount,
      @Nullable WechatAppConfiguration miniProgram,
      @Nullable WechatAppConfiguration mobileApp,
      @Nullable Secret privateKey,
      @Nullable String merchantSerialNo,
      Secret apiV3Key,
      @Nullable String publicKey,
      @Nullable String publicKeyId,
      @Nullable List<String> platformCertificates,
      @Nullable Boolean downloadCertificates,
      @Nullable PayScoreConfiguration payScore,
      @Nullable URI notifyUrl,
      @Nullable Duration connectTimeout,
      @Nullable Duration readTimeout) {
    this(
        gatewayUrl,
        fallbackUrl,
        loginUrl,
        mchId,
        officialAccount,
        miniProgram,
        mobileApp,
        privateKey,
        merchantSerialNo,
        apiV3Key,
        publicKey,
        publicKeyId,
        platformCertificates,
        downloadCertificates,
        payScore,
        notifyUrl,
        connectTimeout,
        readTimeout,
        null);
  }

  @Override
  public Channel channel() {
    return Channel.WECHAT_PAY;
  }

  /** QR and H5 with any application, the others each with its own. */
  @Override
  public ImmutableSet<PayMethod> methods() {
    ImmutableSet.Builder<PayMethod> methods = ImmutableSet.builder();
    methods.add(PayMethod.QR, PayMethod.H5);
    if (officialAccount != null) {
      methods.add(PayMethod.JSAPI);
    }
    if (miniProgram != null) {
      methods.add(PayMethod.MINI_PROGRAM);
    }
    if (mobileApp != null) {
      methods.add(PayMethod.APP);
    }
    return methods.build();
  }

  @Override
  public PayChannel payChannel(ChannelConnections connections) {
    return new WechatPayChannel(this, http(connections), connections.clock());
  }

  @Override
  public Optional<NotifyVerifier> notifyVerifier(ChannelConnections connections) {
    return Optional.of(new WechatPayNotifyVerifier(this, http(connections), connections.clock()));
  }

  @Override
  public Optional<ServiceOrderChannel> serviceOrders(ChannelConnections connections) {
    return Optional.ofNullable(payScore)
        .map(service -> new PayScore(this, service, http(connections), connections.clock()));
  }

  @Override
  public Optional<BillChannel> bills(ChannelConnections connections) {
    return Optional.of(new WechatPayBills(this, http(connections), connections.clock()));
  }

  @Override
  public Optional<PayoutChannel> payouts(ChannelConnections connections) {
    return Optional.ofNullable(payout)
        .map(settings -> new WechatPayouts(this, settings, http(connections), connections.clock()));
  }

  private BoundedHttpClient http(ChannelConnections connections) {
    return connections.http(WechatPayGateway.connectTimeout(this));
  }
}
