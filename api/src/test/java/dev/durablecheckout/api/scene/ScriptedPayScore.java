package dev.durablecheckout.api.scene;

import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.serviceorder.ServiceBill;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderActivities;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderAnswer;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRequest;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult.State;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** WeChat PayScore in memory. What it does with a new order stands in the introduction. */
public final class ScriptedPayScore implements ServiceOrderActivities {
  public static final String REFUSED = "refused";

  private final Map<String, ServiceOrderResult> orders = new ConcurrentHashMap<>();

  /** The buyer confirms; nobody tells us. */
  public void confirm(String id) {
    put(id, State.CONFIRMED);
  }

  /** What WeChat knows of an order. */
  public ServiceOrderResult order(String id) {
    return orders.getOrDefault(id, ServiceOrderResult.notCreated());
  }

  private ServiceOrderResult put(String id, State state) {
    ServiceOrderResult result =
        new ServiceOrderResult(
            state,
            "1000",
            state == State.CREATED ? null : Instant.parse("2026-11-24T02:00:00Z"),
            null,
            state == State.SETTLED ? TradeNo.of("42" + Math.abs((long) id.hashCode())) : null,
            null,
            null);
    orders.put(id, result);
    return result;
  }

  @Override
  public ServiceOrderAnswer create(ServiceOrderRequest request) {
    return request.introduction().equals(REFUSED)
        ? ServiceOrderAnswer.refused(
            new Refusal(Refusal.Code.MERCHANT_ACCOUNT, "NO_AUTH", "商户暂无权限使用此服务"))
        : ServiceOrderAnswer.created(
            put(request.id().value(), State.CREATED),
            PayCredential.of(
                PayCredential.Type.WECHAT_PAYSCORE, Map.of("package", "p", "mch_id", "m")));
  }

  @Override
  public ServiceOrderResult awaitChange(ServiceOrderId id, State from) {
    throw ApplicationFailure.newBuilder()
        .setMessage("not changed yet")
        .setType(FailureType.NOT_CHANGED_YET.name())
        .setCategory(ApplicationErrorCategory.BENIGN)
        .build();
  }

  @Override
  public ServiceOrderResult query(ServiceOrderId id) {
    return order(id.value());
  }

  @Override
  public ServiceOrderAnswer complete(ServiceOrderId id, ServiceBill bill, Instant endedAt) {
    return ServiceOrderAnswer.of(put(id.value(), State.COLLECTING));
  }

  @Override
  public ServiceOrderAnswer modify(ServiceOrderId id, ServiceBill bill, String reason) {
    return ServiceOrderAnswer.of(order(id.value()));
  }

  @Override
  public ServiceOrderAnswer cancel(ServiceOrderId id, String reason) {
    return ServiceOrderAnswer.of(put(id.value(), State.CANCELLED));
  }

  @Override
  public ServiceOrderAnswer sync(ServiceOrderId id, Instant paidAt) {
    return ServiceOrderAnswer.of(put(id.value(), State.SETTLED));
  }
}
