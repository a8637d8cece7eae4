package dev.durablecheckout.api.cashier;

import org.jspecify.annotations.Nullable;

/** What shows the page, as far as it decides how can be paid. */
enum Device {
  /** The browser inside WeChat. */
  WECHAT,
  /** The browser inside Alipay. */
  ALIPAY,
  /** Another browser on a phone. */
  PHONE,
  DESKTOP;

  /** Whether the page is shown inside an app, which pays by itself and by nothing else. */
  boolean isApp() {
    return this == WECHAT || this == ALIPAY;
  }

  static Device of(@Nullable String userAgent) {
    if (userAgent == null) {
      return DESKTOP;
    }
    if (userAgent.contains("MicroMessenger")) {
      return WECHAT;
    }
    if (userAgent.contains("AlipayClient")) {
      return ALIPAY;
    }
    return userAgent.contains("Mobile") || userAgent.contains("Android") ? PHONE : DESKTOP;
  }
}
