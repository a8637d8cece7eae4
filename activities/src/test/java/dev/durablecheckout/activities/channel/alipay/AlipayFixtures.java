package dev.durablecheckout.activities.channel.alipay;

import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** One merchant's account and one pay order. */
final class AlipayFixtures {
  static final String APP_ID = "2021000000000001";
  static final String SELLER_ID = "2088000000000001";
  static final CheckoutId CHECKOUT = CheckoutId.parse("shop.A-1_b");
  static final OutTradeNo OUT_TRADE_NO = OutTradeNo.of(CHECKOUT, 1);
  static final OutRefundNo OUT_REFUND_NO = OutRefundNo.automatic(OUT_TRADE_NO);
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final Duration TIMEOUT = Duration.ofSeconds(20);

  private AlipayFixtures() {}

  static AlipayConfiguration keyMode(URI gateway, Duration readTimeout) {
    return new AlipayConfiguration(
        gateway,
        APP_ID,
        SELLER_ID,
        new Secret(TestKeys.base64(TestKeys.APP.getPrivate())),
        TestKeys.base64(TestKeys.ALIPAY.getPublic()),
        null,
        null,
        null,
        URI.create("https://shop.example/v1/notify/alipay/shop"),
        null,
        readTimeout);
  }

  static AlipayChannel channel(URI gateway, Duration readTimeout) {
    return new AlipayChannel(
        keyMode(gateway, readTimeout), new BoundedHttpClient(readTimeout), CLOCK);
  }

  static PayOrder payOrder(PayMethod method) {
    return new PayOrder(
        OUT_TRADE_NO,
        CHECKOUT,
        1,
        Channel.ALIPAY,
        method,
        Money.ofFen(1234),
        "Tea & <cake> = 茶/2",
        Instant.parse("2026-03-01T16:20:30.900Z"),
        "https://shop.example/back?a=1&b=2",
        "buyer-1",
        null);
  }

  static RefundOrder refund() {
    return new RefundOrder(
        OUT_REFUND_NO,
        CHECKOUT,
        OUT_TRADE_NO,
        Channel.ALIPAY,
        Money.ofFen(1234),
        Money.ofFen(1234),
        RefundReason.LATE);
  }

  /** The members of a successful answer about the pay order, besides these. */
  static String success(String members) {
    return "{\"code\":\"10000\",\"msg\":\"Success\",\"out_trade_no\":\""
        + OUT_TRADE_NO
        + "\""
        + (members.isEmpty() ? "" : "," + members)
        + "}";
  }

  static String trade(String status, String members) {
    return success(
        "\"trade_no\":\"2026030122001\",\"total_amount\":\"12.34\",\"trade_status\":\"%s\"%s"
            .formatted(status, members));
  }
}
