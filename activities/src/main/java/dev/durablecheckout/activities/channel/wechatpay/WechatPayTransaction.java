package dev.durablecheckout.activities.channel.wechatpay;

import static com.google.common.base.Preconditions.checkArgument;

import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payment as WeChat Pay tells of it, the same in a query and in a notify. Whose it is has to be
 * checked before; the amount is compared by whoever knows the pay order.
 */
final class WechatPayTransaction {
  static final String CURRENCY = "CNY";

  private WechatPayTransaction() {}

  /**
   * @throws IllegalArgumentException if it does not say, or says it in a way that is not known here
   */
  static TradeResult trade(WechatPayMessage transaction) {
    OutTradeNo outTradeNo = OutTradeNo.of(transaction.required("out_trade_no"));
    TradeState state =
        WechatPayTradeState.of(transaction.required("trade_state"))
            .orElseThrow(() -> new IllegalArgumentException("unknown trade_state"))
            .state();
    @Nullable TradeNo tradeNo = transaction.text("transaction_id").map(TradeNo::of).orElse(null);
    @Nullable Money amount = amount(transaction, state);
    @Nullable Instant paidAt = transaction.time("success_time").orElse(null);
    checkArgument(
        state != TradeState.PAID || (tradeNo != null && amount != null),
        "paid, without transaction_id or amount");
    return new TradeResult(outTradeNo, state, tradeNo, amount, paidAt);
  }

  /** Before there is money, WeChat names the currency as {@code payer_currency} alone. */
  private static @Nullable Money amount(WechatPayMessage transaction, TradeState state) {
    WechatPayMessage amount = transaction.object("amount");
    @Nullable Money total = amount.fen("total").orElse(null);
    if (total == null) {
      return null;
    }
    boolean unpaid = state == TradeState.UNPAID || state == TradeState.CLOSED;
    String named = unpaid && amount.text("currency").isEmpty() ? "payer_currency" : "currency";
    checkArgument(amount.required(named).equals(CURRENCY), "not in %s", CURRENCY);
    return total;
  }

  /**
   * The payment that a message about a refund is about: REFUNDED if this one refund has sent all of
   * it back, else PAID, since the message knows of no other.
   *
   * @param succeeded whether the money has gone back
   * @throws IllegalArgumentException if it does not say
   */
  static TradeResult refunded(WechatPayMessage refund, boolean succeeded) {
    Money total = fen(refund, "total");
    boolean whole = succeeded && refundedAmount(refund).equals(total);
    return new TradeResult(
        OutTradeNo.of(refund.required("out_trade_no")),
        whole ? TradeState.REFUNDED : TradeState.PAID,
        TradeNo.of(refund.required("transaction_id")),
        total,
        null);
  }

  /** What a message about a refund says that it is of. */
  static Money refundedAmount(WechatPayMessage refund) {
    return fen(refund, "refund");
  }

  private static Money fen(WechatPayMessage refund, String member) {
    return refund
        .object("amount")
        .fen(member)
        .orElseThrow(() -> new IllegalArgumentException("amount." + member + " is missing"));
  }
}
