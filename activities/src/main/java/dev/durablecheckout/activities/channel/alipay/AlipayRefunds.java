package dev.durablecheckout.activities.channel.alipay;

import com.alipay.api.domain.AlipayTradeFastpayRefundQueryModel;
import com.alipay.api.domain.AlipayTradeRefundModel;
import com.alipay.api.request.AlipayTradeFastpayRefundQueryRequest;
import com.alipay.api.request.AlipayTradeRefundRequest;
import com.google.common.collect.ImmutableList;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundResult;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Refunds at Alipay. A refund is certain if the answer says that funds moved, or if a query of its
 * number finds it with its amount. Repeats under the same {@code out_request_no} move nothing.
 */
final class AlipayRefunds {
  private final AlipayGateway gateway;
  private final Clock clock;

  AlipayRefunds(AlipayGateway gateway, Clock clock) {
    this.gateway = gateway;
    this.clock = clock;
  }

  RefundResult refund(RefundOrder refund) throws ChannelOutcomeUnknownException {
    AlipayTradeRefundModel model = new AlipayTradeRefundModel();
    model.setOutTradeNo(refund.outTradeNo().value());
    model.setOutRequestNo(refund.outRefundNo().value());
    model.setRefundAmount(AlipayAmounts.format(refund.amount()));
    model.setRefundReason(refund.note());
    AlipayTradeRefundRequest request = new AlipayTradeRefundRequest();
    request.setBizModel(model);
    AlipayCall call = new AlipayCall(request.getApiMethodName(), refund.outTradeNo());
    AlipayAnswer answer = gateway.call(request, request::putOtherTextParam, refund.outTradeNo());
    if (answer.isSuccess()) {
      answer.checkIsAbout(call, true);
      if (answer.text("fund_change").filter("Y"::equals).isPresent()) {
        return RefundResult.succeeded(refundedAt(call, answer));
      }
      return find(refund)
          .orElseThrow(() -> call.unknown("no funds moved, and the refund is not to be found"));
    }
    Optional<Refusal> refusal = AlipayRefusals.of(AlipayRefusals.Call.REFUND, answer);
    if (refusal.isEmpty()) {
      throw call.unknown(answer);
    }
    // The trade may refuse just because this very refund went through and its answer was lost.
    return find(refund).orElse(RefundResult.refused(refusal.get()));
  }

  /** The refund as done; empty if Alipay has not done it, under this number, with this amount. */
  private Optional<RefundResult> find(RefundOrder refund) throws ChannelOutcomeUnknownException {
    AlipayTradeFastpayRefundQueryModel model = new AlipayTradeFastpayRefundQueryModel();
    model.setOutTradeNo(refund.outTradeNo().value());
    model.setOutRequestNo(refund.outRefundNo().value());
    model.setQueryOptions(ImmutableList.of("gmt_refund_pay"));
    AlipayTradeFastpayRefundQueryRequest request = new AlipayTradeFastpayRefundQueryRequest();
    request.setBizModel(model);
    AlipayCall call = new AlipayCall(request.getApiMethodName(), refund.outTradeNo());
    AlipayAnswer answer = gateway.call(request, request::putOtherTextParam, refund.outTradeNo());
    if (isTradeUnknown(answer)) {
      return Optional.empty();
    }
    if (!answer.isSuccess()) {
      throw call.unknown(answer);
    }
    if (answer.text("refund_status").filter("REFUND_SUCCESS"::equals).isEmpty()
        || !amount(call, answer).equals(Optional.of(refund.amount()))
        || answer
            .text("out_request_no")
            .filter(number -> !number.equals(refund.outRefundNo().value()))
            .isPresent()) {
      return Optional.empty();
    }
    return Optional.of(RefundResult.succeeded(refundedAt(call, answer)));
  }

  private static boolean isTradeUnknown(AlipayAnswer answer) {
    return answer.isBusinessFailure() && "ACQ.TRADE_NOT_EXIST".equals(answer.subCode());
  }

  private static Optional<Money> amount(AlipayCall call, AlipayAnswer answer)
      throws ChannelOutcomeUnknownException {
    try {
      return answer.text("refund_amount").map(AlipayAmounts::parse);
    } catch (IllegalArgumentException e) {
      throw call.unknown("the answer cannot be read: " + e.getMessage());
    }
  }

  /** Alipay's time of the refund; where it does not say, the time at which it told us. */
  private Instant refundedAt(AlipayCall call, AlipayAnswer answer)
      throws ChannelOutcomeUnknownException {
    try {
      return answer.text("gmt_refund_pay").map(AlipayTimes::parse).orElseGet(clock::instant);
    } catch (IllegalArgumentException e) {
      throw call.unknown("the answer cannot be read: " + e.getMessage());
    }
  }
}
