package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.durablecheckout.sandbox.gateway.wechatpay.PaymentRegister.Refunded;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatPayment.Receipt;
import java.time.Instant;

/** Payments and refunds as answers and notifies tell of them. */
final class PaymentJson {
  private static final String CNY = "CNY";
  private static final String ACCOUNT = "支付用户零钱";

  private PaymentJson() {}

  /**
   * What a query answers and what the notify of a payment holds. One that is not paid has neither a
   * {@code transaction_id} nor, as messages of the real one show, {@code amount.currency}.
   */
  static ObjectNode transaction(WechatPayment payment) {
    WechatOrder order = payment.order();
    ObjectNode json = Json.object();
    ObjectNode amount = json.putObject("amount");
    json.put("appid", order.appId())
        .put("mchid", order.mchId())
        .put("out_trade_no", order.outTradeNo())
        .put("trade_state", payment.tradeState())
        .put("trade_state_desc", description(payment.tradeState()));
    json.putArray("promotion_detail");
    amount.put("total", order.amountFen()).put("payer_currency", CNY);
    if (!payment.isPaid()) {
      json.putObject("scene_info").put("device_id", "");
      return json;
    }
    Receipt receipt = payment.paidReceipt();
    amount.put("payer_total", order.amountFen()).put("currency", CNY);
    json.put("transaction_id", receipt.transactionId())
        .put("trade_type", order.tradeType().name())
        .put("bank_type", "OTHERS")
        .put("attach", order.attach())
        .put("success_time", WechatTime.rfc3339(receipt.paidAt()));
    json.putObject("payer").put("openid", receipt.openid());
    return json;
  }

  private static String description(String tradeState) {
    return switch (tradeState) {
      case "SUCCESS" -> "支付成功";
      case "REFUND" -> "转入退款";
      case "CLOSED" -> "订单已关闭";
      default -> "订单未支付";
    };
  }

  /** What a refund and its query answer. */
  static ObjectNode refund(Refunded refunded, Instant now) {
    WechatPayment payment = refunded.payment();
    WechatRefund refund = refunded.refund();
    ObjectNode json = numbers(refunded);
    json.put("channel", "ORIGINAL")
        .put("user_received_account", ACCOUNT)
        .put("create_time", WechatTime.rfc3339(refund.createdAt()))
        .put("status", refund.status(now))
        .put("funds_account", "AVAILABLE");
    if (refund.status(now).equals("SUCCESS")) {
      json.put("success_time", WechatTime.rfc3339(refund.endsAt()));
    }
    ObjectNode amount = amount(json, payment, refund);
    amount
        .put("settlement_refund", refund.amountFen())
        .put("settlement_total", payment.order().amountFen())
        .put("discount_refund", 0)
        .put("currency", CNY);
    amount.putArray("from");
    json.putArray("promotion_detail");
    return json;
  }

  /** What the notify of a refund holds: less than an answer, and no currency. */
  static ObjectNode refundNotify(Refunded refunded) {
    WechatRefund refund = refunded.refund();
    ObjectNode json = numbers(refunded);
    json.put("mchid", refunded.payment().order().mchId())
        .put("refund_status", refund.end().name())
        .put("user_received_account", ACCOUNT);
    if (refund.end() == WechatRefund.End.SUCCESS) {
      json.put("success_time", WechatTime.rfc3339(refund.endsAt()));
    }
    amount(json, refunded.payment(), refund);
    return json;
  }

  private static ObjectNode numbers(Refunded refunded) {
    return Json.object()
        .put("refund_id", refunded.refund().refundId())
        .put("out_refund_no", refunded.refund().outRefundNo())
        .put("transaction_id", refunded.payment().paidReceipt().transactionId())
        .put("out_trade_no", refunded.payment().outTradeNo());
  }

  private static ObjectNode amount(ObjectNode json, WechatPayment payment, WechatRefund refund) {
    return json.putObject("amount")
        .put("total", payment.order().amountFen())
        .put("refund", refund.amountFen())
        .put("payer_total", payment.order().amountFen())
        .put("payer_refund", refund.amountFen());
  }
}
