package dev.durablecheckout.sandbox.gateway.alipay;

import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultPlan;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.gateway.alipay.MerchantCall.Method;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /gateway.do}: checks a call, carries it out, answers; or shows a fault instead. */
final class MerchantEndpoint {
  private static final String ROOT_OF_UNKNOWN_METHOD = "error_response";

  private final Apps apps;
  private final AnswerSeal seal;
  private final FaultPlan faults;
  private final MerchantService service;
  private final BillService bills;
  private final @Nullable URI publicUrl;

  MerchantEndpoint(
      Apps apps,
      AnswerSeal seal,
      FaultPlan faults,
      MerchantService service,
      BillService bills,
      @Nullable URI publicUrl) {
    this.apps = apps;
    this.seal = seal;
    this.faults = faults;
    this.service = service;
    this.bills = bills;
    this.publicUrl = publicUrl;
  }

  Response handle(Request request) throws InterruptedException {
    Map<String, String> parameters = new HashMap<>(request.query());
    parameters.putAll(request.form());
    Optional<Method> method = Method.of(parameters.get("method"));
    URI base = publicUrl == null ? request.base() : publicUrl;
    boolean page = method.filter(Method::isPage).isPresent();
    try {
      MerchantCall call = MerchantCall.check(parameters, apps);
      if (call.method() == Method.APP_PAY) {
        // Such an order goes to Alipay's app, not here.
        throw InvalidRequestException.invalid("invalid-method", "不存在的方法名");
      }
      // A bill is fetched by whoever called, not by a buyer.
      return page
          ? page(call, base)
          : api(call, call.method() == Method.BILL_URL ? request.base() : base);
    } catch (InvalidRequestException e) {
      return page
          ? Response.page(200, BuyerPage.invalid(e.answer()))
          : Response.html(
              200, e.answer().unsigned(method.map(Method::root).orElse(ROOT_OF_UNKNOWN_METHOD)));
    }
  }

  private Response page(MerchantCall call, URI base) {
    faults.tradeSeen(service.outTradeNo(call));
    try {
      return Response.seeOther(base.resolve("/buyer/" + service.offer(call).code()));
    } catch (TradeRefusedException e) {
      return Response.page(200, BuyerPage.invalid(Answer.refused(e.refusal())));
    }
  }

  private Response api(MerchantCall call, URI base) throws InterruptedException {
    String outTradeNo = service.outTradeNo(call);
    if (call.method() == Method.PRECREATE || call.method() == Method.PAY) {
      faults.tradeSeen(outTradeNo);
    }
    Optional<FaultRule> rule = faults.strike(Fault.Kind.API, outTradeNo, call.method().wireName());
    return rule.isPresent()
        ? faulty(call, base, rule.get())
        : Response.html(200, perform(call, base).signed(call.method().root(), seal));
  }

  private Answer perform(MerchantCall call, URI base) {
    return call.method() == Method.BILL_URL
        ? bills.url(call, base)
        : service.perform(call, base.resolve("/qr/").toString());
  }

  private Response faulty(MerchantCall call, URI base, FaultRule rule) throws InterruptedException {
    String root = call.method().root();
    return switch (rule.fault()) {
      case API_TIMEOUT_WITHOUT_EFFECT -> silence(rule);
      case API_TIMEOUT_WITH_EFFECT -> {
        perform(call, base);
        yield silence(rule);
      }
      case API_SYSTEM_ERROR_WITHOUT_EFFECT ->
          Response.html(200, Answer.systemError().unsigned(root));
      case API_SYSTEM_ERROR_WITH_EFFECT -> {
        perform(call, base);
        yield Response.html(200, Answer.systemError().unsigned(root));
      }
      case API_HTML_502 -> Response.html(502, "<html><body><h1>502 Bad Gateway</h1></body></html>");
      case API_UNSIGNED_SUCCESS -> Response.html(200, perform(call, base).unsigned(root));
      case API_BAD_SIGNATURE -> Response.html(200, perform(call, base).badlySigned(root, seal));
      case QUERY_UNKNOWN_STATE ->
          Response.html(
              200,
              altered(perform(call, base), "trade_status", "TRADE_PENDING").signed(root, seal));
      case QUERY_WRONG_AMOUNT ->
          Response.html(200, oneFenMore(perform(call, base)).signed(root, seal));
      case REFUND_NO_BALANCE ->
          Response.html(
              200, service.refused(call, TradeRefusal.SELLER_BALANCE_NOT_ENOUGH).unsigned(root));
      case NOTIFY_DROP,
          NOTIFY_DELAY,
          NOTIFY_DUPLICATE,
          NOTIFY_REORDER,
          NOTIFY_BAD_SIGNATURE,
          NOTIFY_WRONG_AMOUNT,
          NOTIFY_WRONG_SELLER,
          NOTIFY_WRONG_APP,
          NOTIFY_PROBE,
          REFUND_ABNORMAL,
          REFUND_CLOSED ->
          throw new IllegalArgumentException(rule.fault() + " is not of this API");
    };
  }

  private static Response silence(FaultRule rule) throws InterruptedException {
    Thread.sleep(rule.delay().toMillis());
    return Response.none();
  }

  private static Answer oneFenMore(Answer answer) {
    return Yuan.parse(String.valueOf(answer.members().get("total_amount"))).stream()
        .mapToObj(fen -> altered(answer, "total_amount", Yuan.print(fen + 1)))
        .findFirst()
        .orElse(answer);
  }

  /** A failure has nothing in it to alter. */
  private static Answer altered(Answer answer, String member, String value) {
    return answer.isSuccess() ? answer.with(Map.of(member, value)) : answer;
  }
}
