package dev.durablecheckout.sandbox.gateway.wechatpay;

import java.time.Duration;

/** As WeChat names the ways to pay. */
public enum TradeType {
  NATIVE(Duration.ofHours(2)),
  JSAPI(Duration.ofHours(2)),
  APP(Duration.ofHours(2)),
  MWEB(Duration.ofMinutes(5)),
  /** Not asked for as a payment: WeChat collects what a service order costs. */
  PAYSCORE(Duration.ZERO);

  private final Duration credentialLife;

  TradeType(Duration credentialLife) {
    this.credentialLife = credentialLife;
  }

  /** How long what the buyer pays with is good for, at most. */
  Duration credentialLife() {
    return credentialLife;
  }
}
