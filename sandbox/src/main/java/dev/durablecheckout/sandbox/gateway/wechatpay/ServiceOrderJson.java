package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.durablecheckout.sandbox.gateway.wechatpay.ServiceOrder.Bill;
import dev.durablecheckout.sandbox.gateway.wechatpay.ServiceOrder.Confirmation;
import dev.durablecheckout.sandbox.gateway.wechatpay.ServiceOrder.Settlement;
import dev.durablecheckout.sandbox.gateway.wechatpay.ServiceOrder.State;
import org.jspecify.annotations.Nullable;

/** Service orders as answers and notifies tell of them. */
final class ServiceOrderJson {
  private ServiceOrderJson() {}

  /** What a query answers and a notify holds. */
  static ObjectNode order(ServiceOrder order, State state) {
    ObjectNode json = withoutCollection(order, state);
    @Nullable Bill bill = order.bill();
    if (bill != null) {
      json.set("collection", collection(bill, order.settlement()));
    }
    return json;
  }

  /** What a complete answers. */
  static ObjectNode withoutCollection(ServiceOrder order, State state) {
    ServiceRequest request = order.request();
    ObjectNode json =
        Json.object()
            .put("appid", request.appId())
            .put("mchid", request.mchId())
            .put("service_id", request.serviceId())
            .put("out_order_no", request.outOrderNo())
            .put("service_introduction", request.introduction())
            .put("order_id", order.orderId())
            .put("attach", request.attach())
            .put("notify_url", request.notifyUrl());
    json.putObject("risk_fund")
        .put("name", request.riskFundName())
        .put("amount", request.riskFundFen());
    ObjectNode time = json.putObject("time_range");
    time.put("start_time", ServiceOrderReader.startTime(order));
    if (request.endTime() != null) {
      time.put("end_time", request.endTime());
    }
    switch (state) {
      case USER_CONFIRM, MCH_COMPLETE ->
          json.put("state", "DOING").put("state_description", state.name());
      case CREATED, DONE, REVOKED, EXPIRED -> json.put("state", state.name());
    }
    @Nullable Confirmation confirmation = order.confirmation();
    if (confirmation != null) {
      json.put("openid", confirmation.openid());
    }
    @Nullable Bill bill = order.bill();
    if (bill != null) {
      if (!bill.endTime().isEmpty()) {
        time.put("end_time", bill.endTime());
      }
      json.put("total_amount", bill.totalFen()).put("need_collection", bill.totalFen() > 0);
      json.set("post_payments", Json.any(bill.payments()));
      json.set("post_discounts", Json.any(bill.discounts()));
    }
    return json;
  }

  private static JsonNode collection(Bill bill, @Nullable Settlement settlement) {
    ObjectNode json =
        Json.object()
            .put("state", settlement == null ? "USER_PAYING" : "USER_PAID")
            .put("total_amount", bill.totalFen())
            .put("paying_amount", settlement == null ? bill.totalFen() : 0)
            .put("paid_amount", settlement == null ? 0 : bill.totalFen());
    if (settlement != null && bill.totalFen() > 0) {
      ObjectNode detail =
          json.putArray("details")
              .addObject()
              .put("seq", 1)
              .put("amount", bill.totalFen())
              .put("paid_type", settlement.transactionId() == null ? "MCH" : "NEWTON")
              .put("paid_time", WechatTime.plain(settlement.paidAt()));
      if (settlement.transactionId() != null) {
        detail.put("transaction_id", settlement.transactionId());
      }
    }
    return json;
  }
}
