package dev.durablecheckout.sandbox.gateway.wechatpay;

import dev.durablecheckout.sandbox.gateway.RefusedException;

/** WeChat Pay says no. */
public final class WechatRefusedException extends RefusedException {
  private static final long serialVersionUID = 1;

  private final WechatRefusal refusal;
  private final String detail;

  WechatRefusedException(WechatRefusal refusal) {
    this(refusal, "");
  }

  WechatRefusedException(WechatRefusal refusal, String detail) {
    super((refusal.code() + " " + refusal.text() + " " + detail).strip());
    this.refusal = refusal;
    this.detail = detail;
  }

  WechatRefusal refusal() {
    return refusal;
  }

  /** The field that is wrong, if one is. */
  String detail() {
    return detail;
  }
}
