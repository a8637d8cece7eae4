package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.durablecheckout.sandbox.gateway.wechatpay.PaymentRegister.Refunded;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries out the calls about payments and says what became of them. */
final class MerchantService {
  private final PaymentRegister register;
  private final OrderReader orders;
  private final Clock clock;

  MerchantService(PaymentRegister register, OrderReader orders, Clock clock) {
    this.register = register;
    this.orders = orders;
    this.clock = clock;
  }

  ObjectNode prepay(MerchantCall call, TradeType tradeType) {
    WechatPayment payment = register.offer(orders.order(call, tradeType));
    return switch (tradeType) {
      case NATIVE -> Json.object().put("code_url", "weixin://wxpay/bizpayurl?pr=" + payment.code());
      case JSAPI, APP -> Json.object().put("prepay_id", payment.code());
      case MWEB ->
          Json.object()
              .put(
                  "h5_url",
                  call.base().resolve("/buyer/h5") + "?prepay_id=" + payment.code() + "&package=1");
      case PAYSCORE -> throw new IllegalArgumentException("nobody asks for that");
    };
  }

  ObjectNode query(MerchantCall call) {
    checkMchId(call);
    return PaymentJson.transaction(
        register
            .find(call.merchant().mchId(), call.number())
            .orElseThrow(() -> new WechatRefusedException(WechatRefusal.ORDER_NOT_EXIST)));
  }

  ObjectNode queryById(MerchantCall call) {
    checkMchId(call);
    return PaymentJson.transaction(
        register
            .findByTransactionId(call.merchant().mchId(), call.number())
            .orElseThrow(() -> new WechatRefusedException(WechatRefusal.ORDER_NOT_EXIST)));
  }

  private static void checkMchId(MerchantCall call) {
    OrderReader.checkMchId(call, call.query().getOrDefault("mchid", ""));
  }

  void close(MerchantCall call) {
    OrderReader.checkMchId(call, Json.text(call.body(), "/mchid", OrderReader.ANY));
    register.close(call.merchant().mchId(), call.number());
  }

  ObjectNode refund(MerchantCall call, WechatRefund.End end) {
    PaymentRegister.RefundRequest request = OrderReader.refund(call.body());
    WechatPayment payment =
        refunded(call)
            .orElseThrow(() -> new WechatRefusedException(WechatRefusal.REFUND_OF_NOTHING));
    return PaymentJson.refund(register.refund(payment, request, end), clock.instant());
  }

  /** The payment that a refund is of: by WeChat's number, which wins, or by the merchant's. */
  private Optional<WechatPayment> refunded(MerchantCall call) {
    JsonNode body = call.body();
    String mchId = call.merchant().mchId();
    @Nullable String transactionId = Json.optional(body, "/transaction_id", 32);
    return transactionId == null
        ? register
            .find(mchId, Json.text(body, "/out_trade_no", OrderReader.OUT_TRADE_NO))
            // What was collected for a service order is found by transaction_id alone.
            .filter(payment -> payment.order().tradeType() != TradeType.PAYSCORE)
        : register.findByTransactionId(mchId, transactionId);
  }

  ObjectNode refundQuery(MerchantCall call) {
    return PaymentJson.refund(
        findRefund(call)
            .orElseThrow(() -> new WechatRefusedException(WechatRefusal.RESOURCE_NOT_EXISTS)),
        clock.instant());
  }

  private Optional<Refunded> findRefund(MerchantCall call) {
    return register.findRefund(call.merchant().mchId(), call.number());
  }

  /** The merchant's number of the payment that a call is about; empty if it is about none. */
  String outTradeNo(MerchantCall call) {
    String mchId = call.merchant().mchId();
    return switch (call.api()) {
      case NATIVE, JSAPI, APP, H5 -> call.body().path("out_trade_no").asText("");
      case QUERY, CLOSE -> call.number();
      case QUERY_BY_ID ->
          register
              .findByTransactionId(mchId, call.number())
              .map(WechatPayment::outTradeNo)
              .orElse("");
      case REFUND -> {
        String transactionId = call.body().path("transaction_id").asText("");
        yield register
            .findByTransactionId(mchId, transactionId)
            .map(WechatPayment::outTradeNo)
            .orElseGet(() -> call.body().path("out_trade_no").asText(""));
      }
      case REFUND_QUERY ->
          findRefund(call).map(refunded -> refunded.payment().outTradeNo()).orElse("");
      case SERVICE_CREATE -> call.body().path("out_order_no").asText("");
      case SERVICE_QUERY -> call.query().getOrDefault("out_order_no", "");
      case SERVICE_CANCEL, SERVICE_MODIFY, SERVICE_COMPLETE, SERVICE_PAY, SERVICE_SYNC ->
          call.number();
      case TRANSFER -> call.body().path("out_bill_no").asText("");
      case TRANSFER_QUERY, TRANSFER_CANCEL -> call.number();
      case CERTIFICATES, TRADE_BILL, BILL_FILE -> "";
    };
  }
}
