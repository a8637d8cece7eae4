package dev.durablecheckout.activities.channel.wechatpay;

import dev.durablecheckout.activities.channel.alipay.TestKeys;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.Payer;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import java.net.URI;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** One merchant's account and one pay order. */
final class WechatPayFixtures {
  static final String MCH_ID = "1900007291";
  static final String OFFICIAL_ACCOUNT = "wx0000000000000001";
  static final String MINI_PROGRAM = "wx0000000000000002";
  static final String MOBILE_APP = "wx0000000000000003";
  static final String APP_SECRET = "app-secret&1";
  static final String MERCHANT_SERIAL = "408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB";
  static final String PUBLIC_KEY_ID = "PUB_KEY_ID_0119000072912024122500000000000001";
  static final String API_V3_KEY = "0123456789abcdef0123456789abcdef";
  static final KeyPair MERCHANT = TestKeys.generate();
  static final KeyPair PLATFORM = TestKeys.generate();

  static final CheckoutId CHECKOUT = CheckoutId.parse("shop.A-1_b");
  static final OutTradeNo OUT_TRADE_NO = OutTradeNo.of(CHECKOUT, 1);
  static final OutRefundNo OUT_REFUND_NO = OutRefundNo.automatic(OUT_TRADE_NO);
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final Duration TIMEOUT = Duration.ofSeconds(20);
  static final URI NOTIFY_URL = URI.create("https://shop.example/v1/notify/wechatpay/shop");

  private WechatPayFixtures() {}

  static AccountSettings account(URI gateway) {
    return new AccountSettings(gateway);
  }

  static WechatPayChannel channel(AccountSettings settings) {
    return channel(settings, CLOCK);
  }

  static WechatPayChannel channel(AccountSettings settings, Clock clock) {
    return new WechatPayChannel(
        settings.build(), new BoundedHttpClient(settings.readTimeout), clock, () -> "NONCE");
  }

  static PayOrder payOrder(PayMethod method) {
    return new PayOrder(
        OUT_TRADE_NO,
        CHECKOUT,
        1,
        Channel.WECHAT_PAY,
        method,
        Money.ofFen(1234),
        "Tea & <cake> 茶",
        Instant.parse("2026-03-01T16:20:30.900Z"),
        "https://shop.example/back?a=1&b=2",
        "buyer-1",
        new Payer("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", null, "14.23.150.211", null));
  }

  static RefundOrder refund() {
    return new RefundOrder(
        OUT_REFUND_NO,
        CHECKOUT,
        OUT_TRADE_NO,
        Channel.WECHAT_PAY,
        Money.ofFen(1000),
        Money.ofFen(1234),
        RefundReason.LATE);
  }

  /** A payment as a query and a notify tell of it; {@code members} go in as well. */
  static String transaction(String state, String members) {
    return """
        {"mchid":"%s","appid":"%s","out_trade_no":"%s","transaction_id":"4200000001","trade_state":"%s",
        "trade_type":"NATIVE","success_time":"2026-03-01T18:05:06+08:00","attach":"shop.A-1_b",
        "amount":{"total":1234,"payer_total":1200,"currency":"CNY","payer_currency":"CNY"}%s}"""
        .formatted(MCH_ID, OFFICIAL_ACCOUNT, OUT_TRADE_NO, state, members);
  }

  /** A payment that nobody has paid. */
  static String unpaid(String state) {
    return """
        {"mchid":"%s","appid":"%s","out_trade_no":"%s","trade_state":"%s"}"""
        .formatted(MCH_ID, OFFICIAL_ACCOUNT, OUT_TRADE_NO, state);
  }

  static String refund(String status, String members) {
    return """
        {"refund_id":"5030000001","out_refund_no":"%s","transaction_id":"4200000001","out_trade_no":"%s",
        "status":"%s","amount":{"total":1234,"refund":1000,"currency":"CNY"}%s}"""
        .formatted(OUT_REFUND_NO, OUT_TRADE_NO, status, members);
  }

  /** The settings of one account, changed by a test before they are used. */
  static final class AccountSettings {
    URI gateway;
    URI fallback;
    Duration readTimeout = TIMEOUT;
    WechatAppConfiguration officialAccount =
        new WechatAppConfiguration(OFFICIAL_ACCOUNT, new Secret(APP_SECRET));
    WechatAppConfiguration miniProgram =
        new WechatAppConfiguration(MINI_PROGRAM, new Secret(APP_SECRET));
    WechatAppConfiguration mobileApp = new WechatAppConfiguration(MOBILE_APP, null);
    Secret privateKey = new Secret(TestKeys.base64(MERCHANT.getPrivate()));
    String merchantSerialNo = MERCHANT_SERIAL;
    Secret apiV3Key = new Secret(API_V3_KEY);
    String mchId = MCH_ID;
    String publicKey = TestKeys.base64(PLATFORM.getPublic());
    String publicKeyId = PUBLIC_KEY_ID;
    java.util.List<String> platformCertificates;
    Boolean downloadCertificates;
    PayScoreConfiguration payScore;
    URI notifyUrl = NOTIFY_URL;

    private AccountSettings(URI gateway) {
      this.gateway = gateway;
    }

    AccountSettings withFallback(URI url) {
      fallback = url;
      return this;
    }

    AccountSettings withReadTimeout(Duration timeout) {
      readTimeout = timeout;
      return this;
    }

    AccountSettings withoutPublicKey() {
      publicKey = null;
      publicKeyId = null;
      return this;
    }

    AccountSettings withCertificates(String... pems) {
      platformCertificates = java.util.List.of(pems);
      return this;
    }

    AccountSettings downloading(boolean download) {
      downloadCertificates = download;
      return this;
    }

    /** As the API has them. */
    AccountSettings withoutSecretsOfTheWorker() {
      privateKey = null;
      merchantSerialNo = null;
      notifyUrl = null;
      officialAccount = new WechatAppConfiguration(OFFICIAL_ACCOUNT, null);
      miniProgram = new WechatAppConfiguration(MINI_PROGRAM, null);
      return this;
    }

    WechatPayConfiguration build() {
      return new WechatPayConfiguration(
          gateway,
          fallback,
          gateway,
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
          null,
          readTimeout);
    }
  }
}
