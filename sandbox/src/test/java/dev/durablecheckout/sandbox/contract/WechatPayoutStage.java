package dev.durablecheckout.sandbox.contract;

import com.google.common.collect.ImmutableList;
import dev.durablecheckout.activities.channel.wechatpay.WechatAppConfiguration;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayConfiguration;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayoutConfiguration;
import dev.durablecheckout.activities.channel.wechatpay.WechatReportInfo;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.sandbox.gateway.FaultPlan;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import dev.durablecheckout.sandbox.gateway.wechatpay.MchRegistration;
import dev.durablecheckout.sandbox.gateway.wechatpay.NotifyKey;
import dev.durablecheckout.sandbox.gateway.wechatpay.PlatformCertificate;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatPayGateway;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatPayGatewayConfiguration;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatTransferBook;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatTransfers;
import dev.durablecheckout.sandbox.http.SandboxServer;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.withdrawal.Payee;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** WeChat Pay, whose key is a public key or a platform certificate. */
final class WechatPayoutStage extends PayoutStage {
  static final String MCH_ID = "1900007291";
  static final String MINI_PROGRAM = "wx0000000000000002";
  static final Duration DELAY = Duration.ofSeconds(10);

  private static final String OFFICIAL_ACCOUNT = "wx0000000000000001";
  private static final String APP_SECRET = "secret-of-an-application";
  private static final String MERCHANT_SERIAL = "408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB";
  private static final String PUBLIC_KEY_ID = "PUB_KEY_ID_0119000072912024122500000000000001";
  private static final String API_V3_KEY = "0123456789abcdef0123456789abcdef";
  private static final RsaKeys MERCHANT_KEYS = RsaKeys.generate();
  private static final RsaKeys WECHAT_KEYS = RsaKeys.generate();
  private static final PlatformCertificate CERTIFICATE =
      PlatformCertificate.selfSigned(
          RsaKeys.generate(),
          "5157F09EFDC096DE15EBE81A47057A7232F1B8E1",
          Instant.parse("2020-01-01T00:00:00Z"),
          Instant.parse("2049-12-31T00:00:00Z"));

  private final boolean publicKey;
  private final WechatPayGateway gateway;

  WechatPayoutStage(boolean publicKey) throws IOException {
    this.publicKey = publicKey;
    gateway =
        WechatPayGateway.start(
            new WechatPayGatewayConfiguration(
                SandboxServer.loopback(0),
                null,
                PUBLIC_KEY_ID,
                WECHAT_KEYS,
                publicKey ? null : CERTIFICATE,
                List.of(
                    new MchRegistration(
                        MCH_ID,
                        Map.of(OFFICIAL_ACCOUNT, APP_SECRET, MINI_PROGRAM, APP_SECRET),
                        MERCHANT_SERIAL,
                        MERCHANT_KEYS.publicKey(),
                        API_V3_KEY,
                        "",
                        "")),
                clock,
                DELAY,
                Duration.ofSeconds(1),
                1e-6,
                1,
                null));
    gateway.signNotifiesWith(MCH_ID, publicKey ? NotifyKey.PUBLIC_KEY : NotifyKey.CERTIFICATE);
    transfers().realName(NAME);
  }

  WechatTransfers transfers() {
    return gateway.transfers();
  }

  @Override
  WechatPayConfiguration account() {
    return new WechatPayConfiguration(
        gateway.gatewayUrl(),
        null,
        gateway.loginUrl(),
        MCH_ID,
        new WechatAppConfiguration(OFFICIAL_ACCOUNT, new Secret(APP_SECRET)),
        new WechatAppConfiguration(MINI_PROGRAM, new Secret(APP_SECRET)),
        null,
        new Secret(MERCHANT_KEYS.privateKey()),
        MERCHANT_SERIAL,
        new Secret(API_V3_KEY),
        publicKey ? WECHAT_KEYS.publicKey() : null,
        publicKey ? PUBLIC_KEY_ID : null,
        publicKey ? null : List.of(CERTIFICATE.pem()),
        !publicKey,
        null,
        notifyUrl(),
        null,
        READ_TIMEOUT,
        new WechatPayoutConfiguration(
            null, "1005", ImmutableList.of(new WechatReportInfo("岗位类型", "外卖员")), null));
  }

  @Override
  Payee payee() {
    return new Payee(Payee.Kind.WECHAT_OPENID, gateway.buyer().openid(MINI_PROGRAM), NAME);
  }

  @Override
  Payee nobody() {
    return new Payee(Payee.Kind.WECHAT_OPENID, gateway.buyer().openid(OFFICIAL_ACCOUNT), NAME);
  }

  @Override
  String payName() {
    return "transfer";
  }

  @Override
  String queryName() {
    return "transfer_query";
  }

  @Override
  FaultPlan faults() {
    return gateway.faults();
  }

  @Override
  void letItArrive(Payout payout) {
    transfers().confirm(payout.no().value());
    clock.advance(DELAY);
  }

  @Override
  Money balance() {
    return Money.ofFen(transfers().balanceFen(MCH_ID));
  }

  @Override
  void balance(Money balance) {
    transfers().balanceFen(MCH_ID, balance.amountFen());
  }

  @Override
  void dayLimit(Money limit) {
    transfers().dayLimitFen(limit.amountFen());
  }

  Stream<WechatTransferBook> books(WithdrawalNo no) {
    return transfers().books().stream().filter(book -> book.outBillNo().equals(no.value()));
  }

  @Override
  long payouts(WithdrawalNo no) {
    return books(no).count();
  }

  @Override
  Money gone(WithdrawalNo no) {
    return Money.ofFen(books(no).mapToLong(WechatTransferBook::goneFen).sum());
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    super.close();
  }
}
