package dev.durablecheckout.activities.channel.alipay;

import static com.google.common.base.Preconditions.checkArgument;

import com.alipay.api.domain.AlipayTradeCloseModel;
import com.alipay.api.domain.AlipayTradeQueryModel;
import com.alipay.api.request.AlipayTradeCloseRequest;
import com.alipay.api.request.AlipayTradeQueryRequest;
import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Asks what became of a trade, and closes it: the same for every way to pay. */
final class AlipayTrades {
  private static final String TRADE_NOT_EXIST = "ACQ.TRADE_NOT_EXIST";

  /** A close was refused because of the state that the trade is in, which has to be asked for. */
  private static final ImmutableSet<String> NOT_TO_BE_CLOSED =
      ImmutableSet.of(
          "ACQ.TRADE_STATUS_ERROR", "ACQ.REASON_TRADE_STATUS_INVALID", "ACQ.REASON_ILLEGAL_STATUS");

  private final AlipayGateway gateway;

  AlipayTrades(AlipayGateway gateway) {
    this.gateway = gateway;
  }

  TradeResult query(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    AlipayTradeQueryModel model = new AlipayTradeQueryModel();
    model.setOutTradeNo(payOrder.outTradeNo().value());
    AlipayTradeQueryRequest request = new AlipayTradeQueryRequest();
    request.setBizModel(model);
    AlipayCall call = new AlipayCall(request.getApiMethodName(), payOrder.outTradeNo());
    AlipayAnswer answer = gateway.call(request, request::putOtherTextParam, payOrder.outTradeNo());
    if (isNotCreated(answer)) {
      return new TradeResult(payOrder.outTradeNo(), TradeState.NOT_CREATED, null, null, null);
    }
    if (!answer.isSuccess()) {
      throw call.unknown(answer);
    }
    answer.checkIsAbout(call, true);
    try {
      AlipayTradeStatus status =
          answer
              .text("trade_status")
              .flatMap(AlipayTradeStatus::of)
              .orElseThrow(() -> new IllegalArgumentException("unknown trade_status"));
      return trade(payOrder.outTradeNo(), status, "send_pay_date", answer);
    } catch (IllegalArgumentException e) {
      throw call.unknown("the answer cannot be read: " + e.getMessage());
    }
  }

  private static boolean isNotCreated(AlipayAnswer answer) {
    return answer.isBusinessFailure() && TRADE_NOT_EXIST.equals(answer.subCode());
  }

  /**
   * The trade in an answer, whose state is known.
   *
   * @param paidAtMember what this answer calls the time of payment
   * @throws IllegalArgumentException if a member cannot be read, or is missing where money is
   */
  static TradeResult trade(
      OutTradeNo outTradeNo, AlipayTradeStatus status, String paidAtMember, AlipayAnswer answer) {
    @Nullable Instant paidAt = answer.text(paidAtMember).map(AlipayTimes::parse).orElse(null);
    @Nullable TradeNo tradeNo = answer.text("trade_no").map(TradeNo::of).orElse(null);
    @Nullable Money amount = answer.text("total_amount").map(AlipayAmounts::parse).orElse(null);
    TradeState state = status.state(paidAt != null);
    checkArgument(
        state != TradeState.PAID || (tradeNo != null && amount != null),
        "paid, without trade_no or total_amount");
    return new TradeResult(outTradeNo, state, tradeNo, amount, paidAt);
  }

  CloseResult close(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    AlipayTradeCloseModel model = new AlipayTradeCloseModel();
    model.setOutTradeNo(payOrder.outTradeNo().value());
    AlipayTradeCloseRequest request = new AlipayTradeCloseRequest();
    request.setBizModel(model);
    AlipayCall call = new AlipayCall(request.getApiMethodName(), payOrder.outTradeNo());
    AlipayAnswer answer = gateway.call(request, request::putOtherTextParam, payOrder.outTradeNo());
    if (answer.isSuccess()) {
      return new CloseResult(CloseResult.Outcome.CLOSED, null);
    }
    if (isNotCreated(answer)) {
      return new CloseResult(CloseResult.Outcome.NOT_CREATED, null);
    }
    if (!answer.isBusinessFailure() || !NOT_TO_BE_CLOSED.contains(answer.subCode())) {
      throw call.unknown(answer);
    }
    return CloseResult.asFound(query(payOrder))
        .orElseThrow(() -> call.unknown("refused with " + answer.subCode() + ", yet unpaid"));
  }
}
