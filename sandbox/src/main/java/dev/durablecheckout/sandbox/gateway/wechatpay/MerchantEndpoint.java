package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultPlan;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.gateway.wechatpay.MerchantCall.Api;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /v3/...}: checks a call, carries it out, answers; or shows a fault instead. */
final class MerchantEndpoint {
  private static final int BAD_GATEWAY = 502;

  private final WechatAuthorization authorization;
  private final PlatformSignature signature;
  private final FaultPlan faults;
  private final MerchantService payments;
  private final ServiceOrderService serviceOrders;
  private final TransferService transfers;
  private final PlatformCertificates certificates;
  private final BillService bills;
  private final WechatNumbers numbers;
  private final @Nullable URI publicUrl;

  MerchantEndpoint(
      WechatAuthorization authorization,
      PlatformSignature signature,
      FaultPlan faults,
      MerchantService payments,
      ServiceOrderService serviceOrders,
      TransferService transfers,
      PlatformCertificates certificates,
      BillService bills,
      WechatNumbers numbers,
      @Nullable URI publicUrl) {
    this.authorization = authorization;
    this.signature = signature;
    this.faults = faults;
    this.payments = payments;
    this.serviceOrders = serviceOrders;
    this.transfers = transfers;
    this.certificates = certificates;
    this.bills = bills;
    this.numbers = numbers;
    this.publicUrl = publicUrl;
  }

  Response handle(Request request) throws InterruptedException {
    return answer(request).with(Map.of("Request-ID", requestId()));
  }

  private String requestId() {
    return "08" + numbers.letters(40);
  }

  private Response answer(Request request) throws InterruptedException {
    Optional<Api> api = Api.of(request.method(), request.path());
    if (api.isEmpty()) {
      return Response.bytes(Api.knows(request.path()) ? 405 : 404, Map.of(), new byte[0]);
    }
    try {
      MchRegistration merchant = authorization.check(request);
      URI base = publicUrl == null ? request.base() : publicUrl;
      return answer(
          MerchantCall.of(api.get(), merchant, request, base),
          request.header("wechatpay-serial").orElse(""));
    } catch (WechatRefusedException e) {
      return error(e);
    }
  }

  private static Response error(WechatRefusedException e) {
    return Response.json(e.refusal().status(), Json.error(e));
  }

  private Response answer(MerchantCall call, String wantedSerial) throws InterruptedException {
    String number = payments.outTradeNo(call);
    if (call.api().tradeType().isPresent()
        || call.api() == Api.SERVICE_CREATE
        || call.api() == Api.TRANSFER) {
      faults.tradeSeen(number);
    }
    Optional<FaultRule> rule = faults.strike(Fault.Kind.API, number, call.api().faultName());
    return rule.isPresent()
        ? faulty(call, wantedSerial, rule.get())
        : answer(call, perform(call, WechatRefund.End.SUCCESS), wantedSerial);
  }

  /** With a body, or 204 without one; WechatRefusedException if WeChat Pay says no. */
  private Response perform(MerchantCall call, WechatRefund.End end) {
    return switch (call.api()) {
      case NATIVE, JSAPI, APP, H5 ->
          ok(payments.prepay(call, call.api().tradeType().orElseThrow()));
      case QUERY -> ok(payments.query(call));
      case QUERY_BY_ID -> ok(payments.queryById(call));
      case CLOSE -> {
        payments.close(call);
        yield Response.noContent();
      }
      case REFUND -> ok(payments.refund(call, end));
      case REFUND_QUERY -> ok(payments.refundQuery(call));
      case CERTIFICATES -> ok(certificates.answer(call));
      case TRADE_BILL -> ok(bills.link(call));
      case BILL_FILE -> bills.file(call);
      case SERVICE_CREATE,
          SERVICE_QUERY,
          SERVICE_CANCEL,
          SERVICE_MODIFY,
          SERVICE_COMPLETE,
          SERVICE_PAY,
          SERVICE_SYNC ->
          ok(serviceOrders.perform(call));
      case TRANSFER, TRANSFER_QUERY, TRANSFER_CANCEL -> ok(transfers.perform(call));
    };
  }

  private static Response ok(ObjectNode body) {
    return Response.json(200, body.toString());
  }

  private Response answer(MerchantCall call, Response response, String wantedSerial) {
    return call.api() == Api.BILL_FILE ? response : signed(response, wantedSerial);
  }

  private Response signed(Response response, String wantedSerial) {
    return response.with(
        signature.headers(response.text(), signature.usesCertificate(wantedSerial)));
  }

  private Response faulty(MerchantCall call, String wantedSerial, FaultRule rule)
      throws InterruptedException {
    return switch (rule.fault()) {
      case API_TIMEOUT_WITHOUT_EFFECT -> silence(rule);
      case API_TIMEOUT_WITH_EFFECT -> {
        performUnheard(call);
        yield silence(rule);
      }
      case API_SYSTEM_ERROR_WITHOUT_EFFECT -> systemError();
      case API_SYSTEM_ERROR_WITH_EFFECT -> {
        performUnheard(call);
        yield systemError();
      }
      case API_HTML_502 ->
          Response.html(BAD_GATEWAY, "<html><body><h1>502 Bad Gateway</h1></body></html>");
      case API_UNSIGNED_SUCCESS -> perform(call, WechatRefund.End.SUCCESS);
      case API_BAD_SIGNATURE -> {
        Response response = perform(call, WechatRefund.End.SUCCESS);
        yield response.with(
            signature.headers(response.text() + " ", signature.usesCertificate(wantedSerial)));
      }
      case QUERY_UNKNOWN_STATE ->
          signed(
              ok(query(call).put(isTransfer(call) ? "state" : "trade_state", "FROZEN")),
              wantedSerial);
      case QUERY_WRONG_AMOUNT -> signed(ok(oneFenMore(query(call))), wantedSerial);
      case REFUND_NO_BALANCE -> error(new WechatRefusedException(WechatRefusal.NOT_ENOUGH));
      case REFUND_ABNORMAL -> signed(perform(call, WechatRefund.End.ABNORMAL), wantedSerial);
      case REFUND_CLOSED -> signed(perform(call, WechatRefund.End.CLOSED), wantedSerial);
      case NOTIFY_DROP,
          NOTIFY_DELAY,
          NOTIFY_DUPLICATE,
          NOTIFY_REORDER,
          NOTIFY_BAD_SIGNATURE,
          NOTIFY_WRONG_AMOUNT,
          NOTIFY_WRONG_SELLER,
          NOTIFY_WRONG_APP,
          NOTIFY_PROBE ->
          throw new IllegalArgumentException(rule.fault() + " is not of this API");
    };
  }

  private static boolean isTransfer(MerchantCall call) {
    return call.api() == Api.TRANSFER_QUERY;
  }

  private ObjectNode query(MerchantCall call) {
    if (isTransfer(call)) {
      return transfers.perform(call);
    }
    return call.api() == Api.QUERY ? payments.query(call) : payments.queryById(call);
  }

  private static ObjectNode oneFenMore(ObjectNode transaction) {
    if (transaction.has("transfer_amount")) {
      return transaction.put(
          "transfer_amount", transaction.path("transfer_amount").longValue() + 1);
    }
    ObjectNode amount = transaction.withObject("/amount");
    return transaction.set("amount", amount.put("total", amount.path("total").longValue() + 1));
  }

  /** Whether it is a yes or a no: nobody will hear it. */
  private void performUnheard(MerchantCall call) {
    try {
      perform(call, WechatRefund.End.SUCCESS);
    } catch (WechatRefusedException e) {
      // The no is lost as well.
    }
  }

  private static Response silence(FaultRule rule) throws InterruptedException {
    Thread.sleep(rule.delay().toMillis());
    return Response.none();
  }

  private static Response systemError() {
    return error(new WechatRefusedException(WechatRefusal.SYSTEM_ERROR));
  }
}
