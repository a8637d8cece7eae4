package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Strings;
import dev.durablecheckout.sandbox.gateway.wechatpay.ServiceOrder.Bill;
import java.time.Instant;
import java.util.Optional;

/** Carries out the calls about PayScore's service orders and says what became of them. */
final class ServiceOrderService {
  private static final int MAX_REASON = 50;

  private final ServiceOrderRegister register;
  private final ServiceOrderReader reader;

  ServiceOrderService(ServiceOrderRegister register, ServiceOrderReader reader) {
    this.register = register;
    this.reader = reader;
  }

  ObjectNode perform(MerchantCall call) {
    if (call.api() == MerchantCall.Api.SERVICE_CREATE) {
      ServiceOrder order = register.create(reader.request(call));
      return order(order).put("package", order.pack());
    }
    if (call.api() == MerchantCall.Api.SERVICE_QUERY) {
      return query(call);
    }
    JsonNode body = call.body();
    ServiceOrderReader.checkService(
        call, body.path("service_id").asText(""), Json.text(body, "/appid", OrderReader.ANY));
    return switch (call.api()) {
      case SERVICE_CANCEL -> {
        reason(body);
        yield numbers(register.cancel(mchId(call), call.number()));
      }
      case SERVICE_COMPLETE -> complete(call);
      case SERVICE_MODIFY -> {
        reason(body);
        Bill lower = ServiceOrderReader.bill(body, register.firstTry());
        yield order(register.modify(mchId(call), call.number(), lower));
      }
      case SERVICE_PAY -> numbers(register.collectNow(mchId(call), call.number()));
      case SERVICE_SYNC -> order(register.sync(mchId(call), call.number(), paidAt(body)));
      default -> throw new IllegalArgumentException(call.api() + " is not about service orders");
    };
  }

  private ObjectNode query(MerchantCall call) {
    ServiceOrderReader.checkService(
        call, call.query().getOrDefault("service_id", ""), call.query().getOrDefault("appid", ""));
    String outOrderNo = Strings.nullToEmpty(call.query().get("out_order_no"));
    String queryId = Strings.nullToEmpty(call.query().get("query_id"));
    if (outOrderNo.isEmpty() == queryId.isEmpty()) {
      throw Json.wrong("out_order_no");
    }
    Optional<ServiceOrder> found =
        outOrderNo.isEmpty()
            ? register.lookUp(queryId).filter(order -> order.request().mchId().equals(mchId(call)))
            : register.find(mchId(call), outOrderNo);
    return order(
        found.orElseThrow(() -> new WechatRefusedException(WechatRefusal.SERVICE_ORDER_NOT_EXIST)));
  }

  private ObjectNode complete(MerchantCall call) {
    Bill asked = ServiceOrderReader.bill(call.body(), register.firstTry());
    ServiceOrder order = register.complete(mchId(call), call.number(), reader::checked, asked);
    return ServiceOrderJson.withoutCollection(order, register.state(order));
  }

  private ObjectNode order(ServiceOrder order) {
    return ServiceOrderJson.order(order, register.state(order));
  }

  private static ObjectNode numbers(ServiceOrder order) {
    ServiceRequest request = order.request();
    return Json.object()
        .put("appid", request.appId())
        .put("mchid", request.mchId())
        .put("service_id", request.serviceId())
        .put("out_order_no", request.outOrderNo())
        .put("order_id", order.orderId());
  }

  private static String mchId(MerchantCall call) {
    return call.merchant().mchId();
  }

  private static void reason(JsonNode body) {
    String reason = Json.optional(body, "/reason", MAX_REASON);
    if (Strings.isNullOrEmpty(reason)) {
      throw Json.wrong("reason");
    }
  }

  private static Instant paidAt(JsonNode body) {
    if (!body.path("type").asText("").equals("Order_Paid")) {
      throw Json.wrong("type");
    }
    return WechatTime.parsePlain(body.at("/detail/paid_time").asText(""))
        .orElseThrow(() -> Json.wrong("detail/paid_time"));
  }
}
