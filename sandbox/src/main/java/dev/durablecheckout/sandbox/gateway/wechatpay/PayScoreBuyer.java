package dev.durablecheckout.sandbox.gateway.wechatpay;

import dev.durablecheckout.sandbox.gateway.wechatpay.ServiceOrder.State;
import java.util.Map;

/**
 * The same somebody, with a score that WeChat vouches for. A service order goes by the merchant's
 * or WeChat's number, or by what opens its page.
 */
public final class PayScoreBuyer {
  private final ServiceOrderRegister register;
  private final WechatNotifier notifier;
  private final ClientSignature signatures;

  PayScoreBuyer(
      ServiceOrderRegister register, WechatNotifier notifier, ClientSignature signatures) {
    this.register = register;
    this.notifier = notifier;
    this.signatures = signatures;
  }

  /** Confirms the order. The merchant is notified. */
  public void confirm(String order) {
    String appId =
        register
            .lookUp(order)
            .map(found -> found.request().appId())
            .orElseThrow(() -> new WechatRefusedException(WechatRefusal.SERVICE_ORDER_NOT_EXIST));
    tell("PAYSCORE.USER_CONFIRM", register.confirm(order, WechatLogins.buyer(appId)));
  }

  /** Confirms with what a mini program hands to {@code wx.openBusinessView}. */
  public void confirm(Map<String, String> extraData) {
    confirm(signatures.packageOfPayScore(extraData));
  }

  /**
   * Whether WeChat finds money when it collects; it does until it is told otherwise. Without, it
   * tries again and again.
   */
  public void hasMoney(boolean money) {
    register.buyerHasMoney(money);
  }

  /** How an order stands: WeChat's state, with what it is DOING instead of that. */
  public String state(String order) {
    return register
        .lookUp(order)
        .map(found -> register.state(found).name())
        .orElseThrow(() -> new WechatRefusedException(WechatRefusal.SERVICE_ORDER_NOT_EXIST));
  }

  void collectWhatIsDue() {
    register.collect().forEach(order -> tell("PAYSCORE.USER_PAID", order));
  }

  private void tell(String type, ServiceOrder order) {
    ServiceRequest request = order.request();
    State state = register.state(order);
    notifier.send(
        new WechatNotifier.Event(
            request.mchId(),
            request.outOrderNo(),
            type,
            "payscore",
            request.notifyUrl(),
            ServiceOrderJson.order(order, state)));
  }
}
