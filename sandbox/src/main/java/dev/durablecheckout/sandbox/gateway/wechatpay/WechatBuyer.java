package dev.durablecheckout.sandbox.gateway.wechatpay;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with WeChat. A payment goes by its credential (the text of a QR code, the URL of H5, a
 * {@code prepay_id}), by the code in that, or by the merchant's or WeChat's number; where WeChat
 * would say no, {@link WechatRefusedException} is thrown.
 */
public final class WechatBuyer {
  private final PaymentRegister register;
  private final WechatNotifier notifier;
  private final WechatLogins logins;
  private final ClientSignature signatures;

  WechatBuyer(
      PaymentRegister register,
      WechatNotifier notifier,
      WechatLogins logins,
      ClientSignature signatures) {
    this.register = register;
    this.notifier = notifier;
    this.logins = logins;
    this.signatures = signatures;
  }

  /** Who the buyer is in an application. */
  public String openid(String appId) {
    return WechatLogins.buyer(appId);
  }

  /** A login code, good once: of {@code wx.login} or of the page that asks who somebody is. */
  public String login(String appId) {
    return logins.login(appId, openid(appId));
  }

  /** Pays, as whoever the payment is meant for. The merchant is notified. */
  public WechatBook pay(String payment) {
    return pay(payment, null);
  }

  /** Pays as somebody in particular. */
  public WechatBook payAs(String openid, String payment) {
    return pay(payment, openid);
  }

  private WechatBook pay(String name, @Nullable String openid) {
    return paid(register.pay(name, openid == null ? payer(name) : openid));
  }

  /**
   * Pays although the time is over or the payment was closed: what a race between the buyer and the
   * clock can come to.
   */
  public WechatBook payLate(String payment) {
    return paid(register.payLate(payment, payer(payment)));
  }

  /** Who a payment is meant for; the buyer where it may be anybody. */
  private String payer(String name) {
    return register
        .lookUp(name)
        .map(
            payment -> {
              @Nullable String wanted = payment.order().openid();
              return wanted == null ? openid(payment.order().appId()) : wanted;
            })
        .orElse("");
  }

  /**
   * Pays with what a page hands to {@code WeixinJSBridge}, or a mini program to {@code
   * wx.requestPayment}.
   */
  public WechatBook payJsapi(Map<String, String> parameters) {
    return pay(signatures.prepayIdOfJsapi(parameters));
  }

  /** Pays with what a merchant's app hands to WeChat's SDK. */
  public WechatBook payApp(Map<String, String> parameters) {
    return pay(signatures.prepayIdOfApp(parameters));
  }

  private WechatBook paid(WechatPayment payment) {
    notifier.paid(payment);
    return WechatBook.of(payment);
  }
}
