package dev.durablecheckout.activities.channel.wechatpay;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.annotations.VisibleForTesting;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.ServiceOrderChannel;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.workflows.serviceorder.ServiceBill;
import dev.durablecheckout.workflows.serviceorder.ServiceFee;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderAnswer;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRequest;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult.State;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's service at WeChat PayScore. Where WeChat says that an order's state does not allow a
 * command, the order is asked for: the command may be the very thing that brought it there, with
 * its answer lost.
 */
public final class PayScore implements ServiceOrderChannel {
  private static final String ORDERS = "/v3/payscore/serviceorder";

  /** What WeChat says of a state that does not allow a command, in whichever code. */
  private static final ImmutableList<String> WRONG_STATE =
      ImmutableList.of("订单状态不合法", "订单状态不满足", "单据正在扣款中", "服务订单已");

  /** What WeChat says of the end of a service, which it may have taken already. */
  private static final String WRONG_END = "结束时间";

  private static final ImmutableSet<String> NOT_THERE =
      ImmutableSet.of("ORDERNOTEXIST", "RESOURCENOTEXISTS");
  private static final String NOT_THERE_TEXT = "查询单据不存在";

  private final WechatPayApi api;
  private final String mchId;
  private final String appId;
  private final String serviceId;
  private final String notifyUrl;
  private final PayScoreCredential credentials;

  /**
   * Checks the configuration; calls nobody.
   *
   * @throws IllegalArgumentException naming the setting that is missing or cannot be read
   */
  PayScore(
      WechatPayConfiguration configuration,
      PayScoreConfiguration service,
      BoundedHttpClient http,
      Clock clock) {
    this(configuration, service, http, clock, Nonces.random());
  }

  @VisibleForTesting
  PayScore(
      WechatPayConfiguration configuration,
      PayScoreConfiguration service,
      BoundedHttpClient http,
      Clock clock,
      Supplier<String> nonces) {
    WechatPayAccount account = new WechatPayAccount(configuration);
    mchId = account.mchId();
    appId = account.serviceAppId();
    serviceId = service.serviceId();
    URI notify = configuration.notifyUrl();
    checkArgument(notify != null, "notify_url is needed to make calls");
    notifyUrl = notify.toString();
    Secret apiV2Key = service.apiV2Key();
    checkArgument(apiV2Key != null, "pay_score.api_v2_key is needed to make calls");
    credentials = new PayScoreCredential(mchId, apiV2Key, clock, nonces);
    api =
        WechatPayApi.of(
            configuration,
            WechatPayKeys.merchantKey(configuration),
            PlatformKeys.of(configuration, http, clock),
            http);
  }

  @Override
  public ServiceOrderAnswer create(ServiceOrderRequest request)
      throws ChannelOutcomeUnknownException {
    WechatPayCall call = call("create", request.id());
    WechatPayAnswer answer =
        api.post(
            call,
            ORDERS,
            ImmutableMap.<String, Object>builder()
                .put("out_order_no", request.id().outOrderNo())
                .put("appid", appId)
                .put("service_id", serviceId)
                .put("service_introduction", request.introduction())
                .put("time_range", ImmutableMap.of("start_time", "OnAccept"))
                .put(
                    "risk_fund",
                    ImmutableMap.of(
                        "name", request.riskFund().name().name(),
                        "amount", request.riskFund().amount().amountFen()))
                .put("notify_url", notifyUrl)
                // Echoed in notifies, which then find their workflow while the books are away.
                .put("attach", request.id().value())
                .put("need_user_confirm", true)
                .buildOrThrow());
    if (answer.isSuccess()) {
      ServiceOrderResult order = read(call, request.id(), answer);
      return answer
          .content()
          .text("package")
          .map(payPackage -> ServiceOrderAnswer.created(order, credentials.of(payPackage)))
          .orElseThrow(() -> call.unknown("answered without a package"));
    }
    return refusedOrElsewhere(call, request.id(), answer);
  }

  @Override
  public ServiceOrderResult query(ServiceOrderId id) throws ChannelOutcomeUnknownException {
    WechatPayCall call = call("query", id);
    WechatPayAnswer answer =
        api.get(
            call,
            ORDERS
                + "?service_id="
                + serviceId
                + "&out_order_no="
                + id.outOrderNo()
                + "&appid="
                + appId);
    if (answer.isRefusal()
        && (NOT_THERE.contains(answer.code()) || answer.message().contains(NOT_THERE_TEXT))) {
      return ServiceOrderResult.notCreated();
    }
    if (!answer.isSuccess()) {
      throw call.unknown(answer);
    }
    return read(call, id, answer);
  }

  @Override
  public ServiceOrderAnswer complete(ServiceOrderId id, ServiceBill bill, Instant endedAt)
      throws ChannelOutcomeUnknownException {
    return command(
        "complete",
        id,
        bill(bill)
            .put("time_range", ImmutableMap.of("end_time", PayScoreTimes.format(endedAt)))
            .buildOrThrow());
  }

  @Override
  public ServiceOrderAnswer modify(ServiceOrderId id, ServiceBill bill, String reason)
      throws ChannelOutcomeUnknownException {
    return command("modify", id, bill(bill).put("reason", reason).buildOrThrow());
  }

  @Override
  public ServiceOrderAnswer cancel(ServiceOrderId id, String reason)
      throws ChannelOutcomeUnknownException {
    return command("cancel", id, ImmutableMap.of("reason", reason));
  }

  @Override
  public ServiceOrderAnswer sync(ServiceOrderId id, Instant paidAt)
      throws ChannelOutcomeUnknownException {
    return command(
        "sync",
        id,
        ImmutableMap.of(
            "type",
            "Order_Paid",
            "detail",
            ImmutableMap.of("paid_time", PayScoreTimes.format(paidAt))));
  }

  private static ImmutableMap.Builder<String, Object> bill(ServiceBill bill) {
    ImmutableMap.Builder<String, Object> body = ImmutableMap.builder();
    body.put("post_payments", fees(bill.fees())).put("total_amount", bill.total().amountFen());
    if (!bill.discounts().isEmpty()) {
      body.put("post_discounts", fees(bill.discounts()));
    }
    return body;
  }

  private static ImmutableList<ImmutableMap<String, Object>> fees(List<ServiceFee> fees) {
    return fees.stream().map(PayScore::fee).collect(ImmutableList.toImmutableList());
  }

  private static ImmutableMap<String, Object> fee(ServiceFee fee) {
    ImmutableMap.Builder<String, Object> body = ImmutableMap.builder();
    body.put("name", fee.name()).put("amount", fee.amount().amountFen());
    @Nullable String description = fee.description();
    if (description != null) {
      body.put("description", description);
    }
    @Nullable Integer count = fee.count();
    if (count != null) {
      body.put("count", count);
    }
    return body.buildOrThrow();
  }

  private ServiceOrderAnswer command(
      String name, ServiceOrderId id, ImmutableMap<String, Object> more)
      throws ChannelOutcomeUnknownException {
    WechatPayCall call = call(name, id);
    WechatPayAnswer answer =
        api.post(
            call,
            ORDERS + "/" + id.outOrderNo() + "/" + name,
            ImmutableMap.<String, Object>builder()
                .put("appid", appId)
                .put("service_id", serviceId)
                .putAll(more)
                .buildOrThrow());
    if (!answer.isSuccess()) {
      return refusedOrElsewhere(call, id, answer);
    }
    // Its answer may leave out how the order stands, and the collection always.
    return ServiceOrderAnswer.of(query(id));
  }

  private ServiceOrderAnswer refusedOrElsewhere(
      WechatPayCall call, ServiceOrderId id, WechatPayAnswer answer)
      throws ChannelOutcomeUnknownException {
    if (!answer.isRefusal()) {
      throw call.unknown(answer);
    }
    boolean wrongState = WRONG_STATE.stream().anyMatch(answer.message()::contains);
    if (wrongState || answer.message().contains(WRONG_END)) {
      ServiceOrderResult order = query(id);
      boolean elsewhere =
          wrongState
              ? order.state() != State.NOT_CREATED
              : order.state() == State.COLLECTING || order.state() == State.SETTLED;
      if (elsewhere) {
        return ServiceOrderAnswer.of(order);
      }
    }
    return WechatPayRefusals.of(WechatPayRefusals.Call.SERVICE_ORDER, answer)
        .map(ServiceOrderAnswer::refused)
        .orElseThrow(() -> call.unknown(answer));
  }

  private ServiceOrderResult read(WechatPayCall call, ServiceOrderId id, WechatPayAnswer answer)
      throws ChannelOutcomeUnknownException {
    try {
      WechatPayMessage order = answer.content();
      checkArgument(
          order.required("out_order_no").equals(id.outOrderNo()), "it is about another order");
      checkArgument(
          order.text("mchid").filter(mchId::equals).isPresent(), "it is about another account");
      return PayScoreOrder.order(order);
    } catch (IllegalArgumentException e) {
      throw call.unknown("the answer cannot be read: " + e.getMessage());
    }
  }

  private static WechatPayCall call(String name, ServiceOrderId id) {
    return new WechatPayCall("service order " + name, id.outOrderNo());
  }
}
