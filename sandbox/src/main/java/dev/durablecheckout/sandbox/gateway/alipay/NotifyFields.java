package dev.durablecheckout.sandbox.gateway.alipay;

import com.google.common.base.Strings;
import com.google.common.hash.Hashing;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of notifies, in the shape of messages that were seen from the real Alipay. */
final class NotifyFields {
  static final String TYPE = "trade_status_sync";

  private NotifyFields() {}

  /** Of a payment: all but {@code notify_time} and the signature. */
  static Map<String, String> ofPayment(Trade trade) {
    Instant paidAt = Objects.requireNonNull(trade.paidAt(), "paid");
    String amount = Yuan.print(trade.order().amountFen());
    Map<String, String> fields = common(trade, "payment", paidAt);
    fields.put("invoice_amount", amount);
    fields.put("receipt_amount", amount);
    fields.put("buyer_pay_amount", amount);
    fields.put("point_amount", "0.00");
    fields.put(
        "fund_bill_list", "[{\"amount\":\"" + amount + "\",\"fundChannel\":\"ALIPAYACCOUNT\"}]");
    return fields;
  }

  /** Of a refund; it goes where the payment's notify went. */
  static Map<String, String> ofRefund(Trade trade, Refund refund) {
    Map<String, String> fields =
        common(trade, "refund/" + refund.outRequestNo(), refund.refundedAt());
    fields.put("refund_fee", Yuan.print(trade.refundedFen()));
    fields.put("gmt_refund", AlipayTime.millis(refund.refundedAt()));
    fields.put("out_biz_no", refund.outRequestNo());
    putTime(fields, "gmt_close", trade.closedAt());
    return fields;
  }

  private static Map<String, String> common(Trade trade, String occasion, Instant at) {
    TradeOrder order = trade.order();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("notify_id", notifyId(trade, occasion, at));
    fields.put("notify_type", TYPE);
    fields.put("version", "1.0");
    fields.put("charset", "utf-8");
    fields.put("sign_type", "RSA2");
    fields.put("app_id", order.app().appId());
    fields.put("auth_app_id", order.app().appId());
    fields.put("seller_id", order.app().sellerId());
    fields.put("seller_email", "seller@sandbox.example");
    fields.put("buyer_id", Buyer.USER_ID);
    fields.put("buyer_logon_id", Buyer.LOGON_ID);
    fields.put("out_trade_no", trade.outTradeNo());
    fields.put("trade_no", Strings.nullToEmpty(trade.tradeNo()));
    fields.put("trade_status", trade.status().name());
    fields.put("total_amount", Yuan.print(order.amountFen()));
    fields.put("subject", order.subject());
    fields.put("body", Strings.nullToEmpty(order.body()));
    fields.put("passback_params", Strings.nullToEmpty(order.passbackParams()));
    putTime(fields, "gmt_create", trade.createdAt());
    putTime(fields, "gmt_payment", trade.paidAt());
    fields.values().removeIf(String::isEmpty);
    return fields;
  }

  private static void putTime(Map<String, String> fields, String name, @Nullable Instant time) {
    if (time != null) {
      fields.put(name, AlipayTime.seconds(time));
    }
  }

  /** The same for the same occasion, also after a restart. */
  private static String notifyId(Trade trade, String occasion, Instant at) {
    String hash =
        Hashing.sha256()
            .hashString(trade.code() + "/" + occasion, StandardCharsets.UTF_8)
            .toString();
    return AlipayTime.day(at) + "00222" + hash.substring(0, 32);
  }

  /**
   * The form body of one sending.
   *
   * @param fault what is wrong with it; null if nothing is
   */
  static String sending(
      Map<String, String> fields, RsaKeys keys, Instant now, @Nullable Fault fault) {
    Map<String, String> sent = new LinkedHashMap<>(fields);
    if (!sent.containsKey("msg_method")) {
      sent.put("notify_time", AlipayTime.seconds(now));
    }
    if (fault == Fault.NOTIFY_WRONG_AMOUNT) {
      sent.computeIfPresent(
          "total_amount", (name, yuan) -> Yuan.print(Yuan.parse(yuan).orElseThrow() + 1));
    } else if (fault == Fault.NOTIFY_WRONG_SELLER) {
      sent.put("seller_id", "2088999999999999");
    } else if (fault == Fault.NOTIFY_WRONG_APP) {
      sent.put("app_id", "2099999999999999");
      sent.put("auth_app_id", "2099999999999999");
    }
    String text = SignedText.ofNotify(sent);
    sent.put("sign", keys.sign(fault == Fault.NOTIFY_BAD_SIGNATURE ? text + " " : text));
    return form(sent);
  }

  static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
