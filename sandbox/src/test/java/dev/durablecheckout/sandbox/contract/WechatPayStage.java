package dev.durablecheckout.sandbox.contract;

import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.channel.wechatpay.WechatAppConfiguration;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayConfiguration;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultPlan;
import dev.durablecheckout.sandbox.gateway.NotifyRecord;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import dev.durablecheckout.sandbox.gateway.wechatpay.MchRegistration;
import dev.durablecheckout.sandbox.gateway.wechatpay.NotifyKey;
import dev.durablecheckout.sandbox.gateway.wechatpay.PlatformCertificate;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatBook;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatPayGateway;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatPayGatewayConfiguration;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatRefusedException;
import dev.durablecheckout.sandbox.http.SandboxServer;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.Payer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** WeChat Pay, with the keys that an account may be verified by. */
final class WechatPayStage extends ChannelStage {
  private static final String MCH_ID = "1900007291";
  private static final String OFFICIAL_ACCOUNT = "wx0000000000000001";
  private static final String MINI_PROGRAM = "wx0000000000000002";
  private static final String MOBILE_APP = "wx0000000000000003";
  private static final String APP_SECRET = "secret-of-an-application";
  private static final String MERCHANT_SERIAL = "408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB";
  private static final String PUBLIC_KEY_ID = "PUB_KEY_ID_0119000072912024122500000000000001";
  private static final String API_V3_KEY = "0123456789abcdef0123456789abcdef";
  private static final Duration REFUND_DELAY = Duration.ofSeconds(10);

  private static final RsaKeys MERCHANT_KEYS = RsaKeys.generate();
  private static final RsaKeys WECHAT_KEYS = RsaKeys.generate();
  private static final PlatformCertificate CERTIFICATE =
      PlatformCertificate.selfSigned(
          RsaKeys.generate(),
          "5157F09EFDC096DE15EBE81A47057A7232F1B8E1",
          Instant.parse("2020-01-01T00:00:00Z"),
          Instant.parse("2049-12-31T00:00:00Z"));

  /** What WeChat signs with, for this account. */
  enum Keys {
    PUBLIC_KEY,
    CERTIFICATE,
    /** Now the one and now the other, while WeChat moves the account. */
    GREY
  }

  private final Keys keys;
  private final WechatPayGateway gateway;

  WechatPayStage(Keys keys) throws IOException {
    this.keys = keys;
    gateway =
        WechatPayGateway.start(
            new WechatPayGatewayConfiguration(
                SandboxServer.loopback(0),
                null,
                PUBLIC_KEY_ID,
                WECHAT_KEYS,
                keys == Keys.PUBLIC_KEY ? null : CERTIFICATE,
                List.of(
                    new MchRegistration(
                        MCH_ID,
                        Map.of(
                            OFFICIAL_ACCOUNT, APP_SECRET,
                            MINI_PROGRAM, APP_SECRET,
                            MOBILE_APP, APP_SECRET),
                        MERCHANT_SERIAL,
                        MERCHANT_KEYS.publicKey(),
                        API_V3_KEY,
                        "",
                        "")),
                clock,
                REFUND_DELAY,
                Duration.ofSeconds(1),
                1e-6,
                1,
                null));
    gateway.signNotifiesWith(
        MCH_ID,
        switch (keys) {
          case PUBLIC_KEY -> NotifyKey.PUBLIC_KEY;
          case CERTIFICATE -> NotifyKey.CERTIFICATE;
          case GREY -> NotifyKey.EITHER;
        });
  }

  @Override
  WechatPayConfiguration account() {
    boolean publicKey = keys != Keys.CERTIFICATE;
    return new WechatPayConfiguration(
        gateway.gatewayUrl(),
        null,
        gateway.loginUrl(),
        MCH_ID,
        app(OFFICIAL_ACCOUNT),
        app(MINI_PROGRAM),
        app(MOBILE_APP),
        new Secret(MERCHANT_KEYS.privateKey()),
        MERCHANT_SERIAL,
        new Secret(API_V3_KEY),
        publicKey ? WECHAT_KEYS.publicKey() : null,
        publicKey ? PUBLIC_KEY_ID : null,
        keys == Keys.PUBLIC_KEY ? null : List.of(CERTIFICATE.pem()),
        keys != Keys.PUBLIC_KEY,
        null,
        notifyUrl(),
        null,
        READ_TIMEOUT);
  }

  private static WechatAppConfiguration app(String appId) {
    return new WechatAppConfiguration(appId, new Secret(APP_SECRET));
  }

  @Override
  Map<Trait, String> lacks() {
    return ImmutableMap.of(
        Trait.TELLS_PARTS, "after any refund the state is REFUND, and never again SUCCESS");
  }

  @Override
  PayMethod method() {
    return PayMethod.QR;
  }

  @Override
  @Nullable Payer payer(PayMethod byMethod) {
    return switch (byMethod) {
      case JSAPI -> Payer.ofOpenid(gateway.buyer().openid(OFFICIAL_ACCOUNT));
      case MINI_PROGRAM -> Payer.ofOpenid(gateway.buyer().openid(MINI_PROGRAM));
      case H5 -> Payer.ofClientIp("14.23.150.211");
      default -> null;
    };
  }

  @Override
  String wireName(Call call) {
    return switch (call) {
      case CREATE -> "native";
      case QUERY -> "query";
      case CLOSE -> "close";
      case REFUND -> "refund";
    };
  }

  @Override
  void keepRefundsApart(Duration pause) {
    gateway.keepRefundsApart(pause);
  }

  @Override
  FaultPlan faults() {
    return gateway.faults();
  }

  @Override
  boolean pay(PayOrder payOrder, PayCredential credential) {
    try {
      WechatBook unused =
          switch (credential.type()) {
            case QR_CODE -> gateway.buyer().pay(String.valueOf(credential.content()));
            // What follows is where the buyer goes afterwards.
            case REDIRECT_URL ->
                gateway
                    .buyer()
                    .pay(String.valueOf(credential.content()).replaceFirst("&redirect_url=.*", ""));
            case WECHAT_JSAPI -> gateway.buyer().payJsapi(credential.parameters());
            case WECHAT_APP -> gateway.buyer().payApp(credential.parameters());
            default -> throw new IllegalArgumentException("no buyer uses " + credential.type());
          };
      return true;
    } catch (WechatRefusedException e) {
      return false;
    }
  }

  @Override
  void payLate(PayOrder payOrder) {
    gateway.buyer().payLate(payOrder.outTradeNo().value());
  }

  @Override
  void letRefundsEnd() {
    clock.advance(REFUND_DELAY);
  }

  private Stream<WechatBook> books(OutTradeNo outTradeNo) {
    return gateway.books().stream().filter(book -> book.outTradeNo().equals(outTradeNo.value()));
  }

  @Override
  int trades(OutTradeNo outTradeNo) {
    return (int) books(outTradeNo).count();
  }

  @Override
  Money received(OutTradeNo outTradeNo) {
    return Money.ofFen(books(outTradeNo).mapToLong(WechatBook::paidFen).sum());
  }

  @Override
  Money refunded(OutTradeNo outTradeNo) {
    return Money.ofFen(books(outTradeNo).mapToLong(WechatBook::refundedFen).sum());
  }

  @Override
  List<NotifyRecord> notifies() {
    return gateway.notifies();
  }

  @Override
  void forge(PayOrder payOrder, Fault fault) throws Exception {
    gateway.forgeNotify(payOrder.outTradeNo().value(), fault);
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    super.close();
  }
}
