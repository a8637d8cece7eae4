package dev.durablecheckout.sandbox.gateway.alipay;

import dev.durablecheckout.sandbox.gateway.FaultPlan;
import dev.durablecheckout.sandbox.gateway.alipay.MerchantCall.Method;
import dev.durablecheckout.sandbox.http.Request;

/** What Alipay's app does with the order that a merchant's app hands over. */
final class AppOrders {
  private final Apps apps;
  private final FaultPlan faults;
  private final MerchantService service;

  AppOrders(Apps apps, FaultPlan faults, MerchantService service) {
    this.apps = apps;
    this.faults = faults;
    this.service = service;
  }

  /**
   * Takes up an order; there is no trade yet. {@link TradeRefusedException} if it may not be paid.
   *
   * @param orderString as the merchant signed it, a form
   */
  Trade open(String orderString) throws InvalidRequestException {
    MerchantCall call = MerchantCall.check(Request.decode(orderString), apps);
    if (call.method() != Method.APP_PAY) {
      throw InvalidRequestException.invalid("invalid-method", "不存在的方法名");
    }
    faults.tradeSeen(service.outTradeNo(call));
    return service.offer(call);
  }
}
