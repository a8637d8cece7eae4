package dev.durablecheckout.sandbox.shop;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a person can pay in the shop: every way that the checkout has, and none chosen. */
enum ShopWay {
  CASHIER(null, null, "Choose on the cashier page · 在收银台选择"),
  ALIPAY_QR("alipay", "qr", "Alipay, QR code · 支付宝扫码"),
  ALIPAY_PAGE("alipay", "page", "Alipay, on a computer · 支付宝网页"),
  ALIPAY_WAP("alipay", "wap", "Alipay, in a phone's browser · 支付宝手机网页"),
  ALIPAY_APP("alipay", "app", "Alipay, from the shop's app · 支付宝 App"),
  ALIPAY_BARCODE("alipay", "barcode", "Alipay, at the till · 支付宝付款码"),
  WECHAT_QR("wechat_pay", "qr", "WeChat Pay, QR code · 微信扫码"),
  WECHAT_JSAPI("wechat_pay", "jsapi", "WeChat Pay, page inside WeChat · 公众号支付"),
  WECHAT_MINI_PROGRAM("wechat_pay", "mini_program", "WeChat Pay, mini program · 小程序支付"),
  WECHAT_H5("wechat_pay", "h5", "WeChat Pay, in a phone's browser · 微信 H5"),
  WECHAT_APP("wechat_pay", "app", "WeChat Pay, from the shop's app · 微信 App"),
  WALLET("wallet", "balance", "The wallet · 余额");

  private final @Nullable String channel;
  private final @Nullable String method;
  private final String label;

  ShopWay(@Nullable String channel, @Nullable String method, String label) {
    this.channel = channel;
    this.method = method;
    this.label = label;
  }

  static Optional<ShopWay> of(String name) {
    return Arrays.stream(values()).filter(way -> way.name().equals(name)).findFirst();
  }

  String label() {
    return label;
  }

  /** Whether the shop must learn from WeChat first who the buyer is. */
  boolean needsLogin() {
    return this == WECHAT_JSAPI || this == WECHAT_MINI_PROGRAM;
  }

  /** Whether the till must read a code off the buyer's phone first. */
  boolean needsAuthCode() {
    return this == ALIPAY_BARCODE;
  }

  /**
   * What the API is told.
   *
   * @param code the login code or the code off the phone, where one is needed
   */
  Map<String, Object> choice(String code) {
    if (channel == null || method == null) {
      return ImmutableMap.of();
    }
    ImmutableMap.Builder<String, Object> choice = ImmutableMap.builder();
    choice.put("channel", channel).put("method", method);
    if (needsLogin()) {
      choice.put("payer", ImmutableMap.of("login_code", code));
    } else if (needsAuthCode()) {
      choice.put("payer", ImmutableMap.of("auth_code", code));
    } else if (this == WECHAT_H5) {
      choice.put("payer", ImmutableMap.of("client_ip", "127.0.0.1"));
    }
    return choice.buildOrThrow();
  }
}
