package dev.durablecheckout.sandbox.contract.teabank;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.PayChannel;
import dev.durablecheckout.sandbox.contract.teabank.TeaBankApi.Answer;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayerIdentity;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundResult;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/** A merchant's account at Tea Bank. */
final class TeaBankChannel implements PayChannel {
  private static final String NOT_FOUND = "NOT_FOUND";

  private final TeaBankApi api;
  private final String notifyUrl;

  TeaBankChannel(TeaBankConfiguration configuration, TeaBankApi api) {
    this.api = api;
    URI notify = configuration.notifyUrl();
    checkArgument(
        notify != null && configuration.privateKey() != null,
        "notify_url and private_key are needed to make calls");
    notifyUrl = notify.toString();
  }

  @Override
  public PayerIdentity identify(PayMethod method, String loginCode) {
    throw new IllegalArgumentException("no method of Tea Bank takes a login code");
  }

  @Override
  public PrepayResult prepay(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    Answer answer =
        api.call(
            path(payOrder.outTradeNo(), "create"),
            ImmutableMap.of(
                "amount_fen", payOrder.amount().amountFen(),
                "subject", payOrder.subject(),
                "ends_at", payOrder.timeExpire().getEpochSecond(),
                "memo", payOrder.checkoutId().value(),
                "notify_url", notifyUrl));
    if (answer.isYes()) {
      String page = answer.content().path("page").asText();
      return PrepayResult.ready(new PayCredential(PayCredential.Type.REDIRECT_URL, page));
    }
    return switch (answer.error()) {
      case "OTHER_FACTS", "CLOSED" -> PrepayResult.refused(no(answer, Refusal.Code.CONFLICT));
      case "ENDED" -> PrepayResult.refused(no(answer, Refusal.Code.EXPIRED));
      // PAID too: the buyer has paid on a page whose answer was lost. The next query finds it.
      default -> throw answer.unknown();
    };
  }

  @Override
  public TradeResult query(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    Answer answer = api.call(path(payOrder.outTradeNo(), "query"), Map.of());
    if (answer.error().equals(NOT_FOUND)) {
      return new TradeResult(payOrder.outTradeNo(), TradeState.NOT_CREATED, null, null, null);
    }
    return trade(answer);
  }

  @Override
  public CloseResult close(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    Answer answer = api.call(path(payOrder.outTradeNo(), "close"), Map.of());
    if (answer.error().equals(NOT_FOUND)) {
      return new CloseResult(CloseResult.Outcome.NOT_CREATED, null);
    }
    // The answer is the payment as it is now. What has been paid stays so.
    TradeResult trade = trade(answer);
    return switch (trade.state()) {
      case PAID -> new CloseResult(CloseResult.Outcome.ALREADY_PAID, trade);
      case CLOSED, REFUNDED -> new CloseResult(CloseResult.Outcome.CLOSED, null);
      case UNPAID, NOT_CREATED -> throw answer.unknown();
    };
  }

  @Override
  public RefundResult refund(RefundOrder refund) throws ChannelOutcomeUnknownException {
    Answer answer =
        api.call(
            path(refund.outTradeNo(), "refund/" + refund.outRefundNo()),
            Map.of("amount_fen", refund.amount().amountFen()));
    if (answer.isYes() && answer.content().path("done_at").isIntegralNumber()) {
      return RefundResult.succeeded(
          Instant.ofEpochSecond(answer.content().path("done_at").longValue()));
    }
    return switch (answer.error()) {
      case NOT_FOUND, "NOT_PAID", "OTHER_FACTS" ->
          RefundResult.refused(no(answer, Refusal.Code.CONFLICT));
      case "TOO_MUCH" -> RefundResult.refused(no(answer, Refusal.Code.LIMIT));
      case "NO_BALANCE" -> RefundResult.refused(no(answer, Refusal.Code.MERCHANT_BALANCE));
      default -> throw answer.unknown();
    };
  }

  private static String path(OutTradeNo outTradeNo, String call) {
    return "/payments/" + outTradeNo + "/" + call;
  }

  private static TradeResult trade(Answer answer) throws ChannelOutcomeUnknownException {
    try {
      if (answer.isYes()) {
        return TeaBankPayment.trade(answer.content());
      }
    } catch (IllegalArgumentException e) {
      // As for any other answer that says nothing.
    }
    throw answer.unknown();
  }

  private static Refusal no(Answer answer, Refusal.Code code) {
    return new Refusal(code, answer.error(), answer.content().path("message").asText());
  }
}
