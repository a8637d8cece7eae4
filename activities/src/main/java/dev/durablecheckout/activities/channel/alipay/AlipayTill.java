package dev.durablecheckout.activities.channel.alipay;

import com.alipay.api.domain.AlipayTradeCancelModel;
import com.alipay.api.domain.AlipayTradePayModel;
import com.alipay.api.request.AlipayTradeCancelRequest;
import com.alipay.api.request.AlipayTradePayRequest;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.Payer;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import java.util.Optional;

/**
 * Payments by the code that a till reads off the buyer's phone (付款码).
 *
 * <p>Here creating the trade and paying it are one call, and the code is good once. So a call is
 * repeated with a code that its first try may have used up, and what the repeat is told, be it a
 * refusal, may hide that the first try went through. Hence no refusal stands, and no doubt is
 * handed on, before Alipay has been asked what became of the number.
 */
final class AlipayTill {
  /** Our own, as it is our own books that lack the code. */
  private static final String CODE_NOT_KEPT = "AUTH_CODE_NOT_KEPT";

  private final AlipayGateway gateway;
  private final AlipayTrades trades;
  private final String sellerId;
  private final String notifyUrl;

  AlipayTill(AlipayGateway gateway, AlipayTrades trades, String sellerId, String notifyUrl) {
    this.gateway = gateway;
    this.trades = trades;
    this.sellerId = sellerId;
    this.notifyUrl = notifyUrl;
  }

  PrepayResult pay(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    Payer payer = payOrder.payer();
    String authCode = payer == null ? null : payer.authCode();
    if (authCode == null) {
      // Codes are in no book. Whoever takes a checkout up again from the books is too late for one.
      return refused(payOrder, new Refusal(Refusal.Code.PAYER, CODE_NOT_KEPT, ""));
    }
    AlipayTradePayRequest request = request(payOrder, authCode);
    AlipayCall call = new AlipayCall(request.getApiMethodName(), payOrder.outTradeNo());
    Optional<Refusal> refusal;
    try {
      AlipayAnswer answer =
          gateway.call(request, request::putOtherTextParam, payOrder.outTradeNo());
      if (answer.isSuccess()) {
        return PrepayResult.paid(paid(call, answer));
      }
      if (answer.isInProgress()) {
        answer.checkIsAbout(call, true);
        return PrepayResult.ready(PayCredential.none());
      }
      refusal = AlipayRefusals.of(AlipayRefusals.Call.PAY, answer);
      if (refusal.isEmpty()) {
        throw call.unknown(answer);
      }
    } catch (ChannelOutcomeUnknownException unknown) {
      return found(payOrder, unknown);
    }
    return refused(payOrder, refusal.get());
  }

  private AlipayTradePayRequest request(PayOrder payOrder, String authCode) {
    AlipayTradePayModel model = new AlipayTradePayModel();
    model.setOutTradeNo(payOrder.outTradeNo().value());
    model.setTotalAmount(AlipayAmounts.format(payOrder.amount()));
    model.setSubject(AlipaySubject.of(payOrder));
    model.setScene("bar_code");
    model.setAuthCode(authCode);
    model.setProductCode("FACE_TO_FACE_PAYMENT");
    model.setSellerId(sellerId);
    model.setTimeExpire(AlipayTimes.format(payOrder.timeExpire()));
    model.setPassbackParams(AlipayCredentials.passbackParams(payOrder));
    AlipayTradePayRequest request = new AlipayTradePayRequest();
    request.setBizModel(model);
    request.setNotifyUrl(notifyUrl);
    return request;
  }

  private static TradeResult paid(AlipayCall call, AlipayAnswer answer)
      throws ChannelOutcomeUnknownException {
    answer.checkIsAbout(call, true);
    try {
      return AlipayTrades.trade(
          OutTradeNo.of(call.number()), AlipayTradeStatus.TRADE_SUCCESS, "gmt_payment", answer);
    } catch (IllegalArgumentException e) {
      throw call.unknown("the answer cannot be read: " + e.getMessage());
    }
  }

  /** What became of a call whose answer says nothing. */
  private PrepayResult found(PayOrder payOrder, ChannelOutcomeUnknownException unknown)
      throws ChannelOutcomeUnknownException {
    TradeResult trade = trades.query(payOrder);
    return switch (trade.state()) {
      case PAID -> PrepayResult.paid(trade);
      case UNPAID -> PrepayResult.ready(PayCredential.none());
      // The call may still be on its way: it is repeated, with the same number.
      case NOT_CREATED -> throw unknown;
      case CLOSED, REFUNDED ->
          PrepayResult.refused(new Refusal(Refusal.Code.CONFLICT, "TRADE_CLOSED", ""));
    };
  }

  /**
   * What a refusal amounts to. Where it only says that the number or the code is in use, an unpaid
   * trade is that of an earlier try, and waits for the buyer. Any other refusal ends an unpaid
   * trade, so that the buyer cannot pay what the till has given up.
   */
  private PrepayResult refused(PayOrder payOrder, Refusal refusal)
      throws ChannelOutcomeUnknownException {
    TradeResult trade = trades.query(payOrder);
    return switch (trade.state()) {
      case PAID -> PrepayResult.paid(trade);
      case UNPAID -> {
        if (AlipayRefusals.TOLD_TO_REPEATS.contains(refusal.channelCode())
            || refusal.channelCode().equals(CODE_NOT_KEPT)) {
          yield PrepayResult.ready(PayCredential.none());
        }
        TradeResult paidMeanwhile = trades.close(payOrder).trade();
        yield paidMeanwhile == null
            ? PrepayResult.refused(refusal)
            : PrepayResult.paid(paidMeanwhile);
      }
      case NOT_CREATED, CLOSED, REFUNDED -> PrepayResult.refused(refusal);
    };
  }

  /**
   * Query, then close; cancel only where there is no trade: see ADR 12. Contradictions count as
   * unknown, and all of it is asked again.
   */
  CloseResult close(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    TradeResult trade = trades.query(payOrder);
    return switch (trade.state()) {
      case PAID -> new CloseResult(CloseResult.Outcome.ALREADY_PAID, trade);
      case CLOSED, REFUNDED -> new CloseResult(CloseResult.Outcome.CLOSED, null);
      case UNPAID -> {
        CloseResult result = trades.close(payOrder);
        if (result.outcome() == CloseResult.Outcome.NOT_CREATED) {
          throw new AlipayCall("alipay.trade.close", payOrder.outTradeNo())
              .unknown("an unpaid trade is not to be found any more");
        }
        yield result;
      }
      case NOT_CREATED -> cancel(payOrder);
    };
  }

  /**
   * Tells Alipay that a pay call whose answer was lost is not to count, whether it arrived or not.
   */
  private CloseResult cancel(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    AlipayTradeCancelModel model = new AlipayTradeCancelModel();
    model.setOutTradeNo(payOrder.outTradeNo().value());
    AlipayTradeCancelRequest request = new AlipayTradeCancelRequest();
    request.setBizModel(model);
    AlipayCall call = new AlipayCall(request.getApiMethodName(), payOrder.outTradeNo());
    AlipayAnswer answer = gateway.call(request, request::putOtherTextParam, payOrder.outTradeNo());
    if (!answer.isSuccess()) {
      throw call.unknown(answer);
    }
    answer.checkIsAbout(call, true);
    if (answer.text("retry_flag").filter("N"::equals).isEmpty()) {
      throw call.unknown("it has to be repeated");
    }
    switch (answer.text("action").orElse("")) {
      case "", "close" -> {}
      case "refund" -> {
        TradeState after = trades.query(payOrder).state();
        if (after == TradeState.PAID || after == TradeState.UNPAID) {
          throw call.unknown("it says refunded, yet the trade is " + after);
        }
      }
      default -> throw call.unknown("answered with an action that nobody knows");
    }
    return new CloseResult(CloseResult.Outcome.CLOSED, null);
  }
}
