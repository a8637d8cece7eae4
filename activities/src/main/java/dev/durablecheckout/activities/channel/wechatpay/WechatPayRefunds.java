package dev.durablecheckout.activities.channel.wechatpay;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundResult;
import java.time.Clock;
import java.util.Optional;

/**
 * Refunds at WeChat Pay. An accepted refund is not a done one: banks take days. So each call first
 * asks what became of the number, and asks for the refund only if WeChat does not know it; a number
 * that WeChat knows moves no more money.
 */
final class WechatPayRefunds {
  private static final String PATH = "/v3/refund/domestic/refunds";

  private final WechatPayApi api;
  private final String notifyUrl;
  private final Clock clock;

  WechatPayRefunds(WechatPayApi api, String notifyUrl, Clock clock) {
    this.api = api;
    this.notifyUrl = notifyUrl;
    this.clock = clock;
  }

  RefundResult refund(RefundOrder refund) throws ChannelOutcomeUnknownException {
    Optional<RefundResult> known = find(refund);
    return known.isPresent() ? known.get() : begin(refund);
  }

  /** What became of the refund; empty if WeChat has not accepted it under this number. */
  private Optional<RefundResult> find(RefundOrder refund) throws ChannelOutcomeUnknownException {
    WechatPayCall call = new WechatPayCall("refund query", refund.outRefundNo().value());
    WechatPayAnswer answer = api.get(call, PATH + "/" + refund.outRefundNo());
    if (answer.isRefusal() && answer.code().equals("RESOURCENOTEXISTS")) {
      return Optional.empty();
    }
    if (!answer.isSuccess()) {
      throw call.unknown(answer);
    }
    return Optional.of(
        isTaken(call, refund, answer.content())
            ? RefundResult.refused(
                new Refusal(
                    Refusal.Code.CONFLICT,
                    "OTHER_AMOUNT",
                    "WeChat Pay has another amount under this number"))
            : result(call, refund, answer));
  }

  /**
   * Whether the number stands for another amount of the same payment. WeChat keeps that for ever,
   * so asking again does not help.
   */
  private static boolean isTaken(WechatPayCall call, RefundOrder refund, WechatPayMessage answer)
      throws ChannelOutcomeUnknownException {
    try {
      Optional<Money> amount = answer.object("amount").fen("refund");
      return answer.required("out_refund_no").equals(refund.outRefundNo().value())
          && answer.required("out_trade_no").equals(refund.outTradeNo().value())
          && amount.isPresent()
          && !amount.get().equals(refund.amount());
    } catch (IllegalArgumentException e) {
      throw call.unknown("the answer cannot be read: " + e.getMessage());
    }
  }

  private RefundResult begin(RefundOrder refund) throws ChannelOutcomeUnknownException {
    WechatPayCall call = new WechatPayCall("refund", refund.outRefundNo().value());
    WechatPayAnswer answer =
        api.post(
            call,
            PATH,
            ImmutableMap.<String, Object>builder()
                .put("out_trade_no", refund.outTradeNo().value())
                .put("out_refund_no", refund.outRefundNo().value())
                .put("reason", refund.note())
                .put("notify_url", notifyUrl)
                .put(
                    "amount",
                    ImmutableMap.of(
                        "refund", refund.amount().amountFen(),
                        "total", refund.total().amountFen(),
                        "currency", WechatPayTransaction.CURRENCY))
                .buildOrThrow());
    if (answer.isSuccess()) {
      return result(call, refund, answer);
    }
    Optional<Refusal> refusal = WechatPayRefusals.of(WechatPayRefusals.Call.REFUND, answer);
    if (refusal.isEmpty()) {
      throw call.unknown(answer);
    }
    // The payment may refuse just because this very refund went through and its answer was lost.
    return find(refund).orElse(RefundResult.refused(refusal.get()));
  }

  private RefundResult result(WechatPayCall call, RefundOrder refund, WechatPayAnswer answer)
      throws ChannelOutcomeUnknownException {
    try {
      checkIsAbout(refund, answer.content());
      return result(answer.content());
    } catch (IllegalArgumentException e) {
      throw call.unknown("the answer cannot be read: " + e.getMessage());
    }
  }

  /** In case a signed answer is replayed, or the number was used for something else. */
  private static void checkIsAbout(RefundOrder refund, WechatPayMessage answer) {
    WechatPayMessage amount = answer.object("amount");
    Optional<Money> refunded = amount.fen("refund");
    checkArgument(
        answer.required("out_refund_no").equals(refund.outRefundNo().value())
            && answer.required("out_trade_no").equals(refund.outTradeNo().value()),
        "it is about another refund");
    checkArgument(
        refunded.equals(Optional.of(refund.amount()))
            && amount.required("currency").equals(WechatPayTransaction.CURRENCY),
        "it is of another amount");
  }

  /**
   * ABNORMAL: the buyer's bank does not take the money; the merchant has to send it another way, in
   * WeChat's console. CLOSED: WeChat has given the refund up. Neither gets better by asking again.
   */
  private RefundResult result(WechatPayMessage answer) {
    String status = answer.required("status");
    return switch (status) {
      case "SUCCESS" ->
          RefundResult.succeeded(answer.time("success_time").orElseGet(clock::instant));
      case "PROCESSING" -> RefundResult.processing();
      case "ABNORMAL" ->
          RefundResult.stuck(
              new Refusal(
                  Refusal.Code.BUYER_ACCOUNT, status, "the buyer's bank does not take the refund"));
      case "CLOSED" ->
          RefundResult.refused(
              new Refusal(Refusal.Code.CONFLICT, status, "WeChat Pay has closed the refund"));
      default -> throw new IllegalArgumentException("unknown status");
    };
  }
}
