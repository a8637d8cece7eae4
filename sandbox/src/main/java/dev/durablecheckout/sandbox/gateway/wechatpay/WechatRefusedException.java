package dev.durablecheckout.sandbox.gateway.wechatpay;

/** WeChat Pay says no. */
public final class WechatRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final WechatRefusal refusal;
  private final String detail;

  WechatRefusedException(WechatRefusal refusal) {
    this(refusal, "");
  }

  WechatRefusedException(WechatRefusal refusal, String detail) {
    super(refusal + " " + refusal.text() + " " + detail);
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
