package dev.durablecheckout.activities.channel;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.annotations.VisibleForTesting;
import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.channel.health.ChannelBreakers;
import dev.durablecheckout.activities.channel.health.ChannelRestException;
import dev.durablecheckout.activities.checkout.ChannelQueryLog;
import dev.durablecheckout.activities.limit.PayLimits;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.ChannelActivities;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.PayerIdentity;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundResult;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls to channels as activities. What a channel said of a trade, also that it said nothing
 * usable, goes to the timeline of its checkout before the workflow hears of it.
 */
public final class ChannelActivitiesImpl implements ChannelActivities {
  /** Writes down what a channel said, and tells where the pay order stands now. */
  @FunctionalInterface
  interface QueryLog {
    PayOrderStatus logQuery(
        OutTradeNo outTradeNo, String detail, @Nullable TradeState state, Map<String, Object> data);
  }

  /** A call that may end without a usable answer. */
  @FunctionalInterface
  private interface ChannelCall<T> {
    T on(PayChannel channel) throws ChannelOutcomeUnknownException;
  }

  private final Supplier<PayChannels> channels;
  private final Supplier<PayLimits> limits;
  private final ChannelBreakers breakers;
  private final QueryLog log;

  public ChannelActivitiesImpl(
      Supplier<PayChannels> channels,
      Supplier<PayLimits> limits,
      ChannelBreakers breakers,
      ChannelQueryLog log) {
    this(channels, limits, breakers, log::logQuery);
  }

  @VisibleForTesting
  ChannelActivitiesImpl(
      Supplier<PayChannels> channels,
      Supplier<PayLimits> limits,
      ChannelBreakers breakers,
      QueryLog log) {
    this.channels = channels;
    this.limits = limits;
    this.breakers = breakers;
    this.log = log;
  }

  @Override
  public PayerIdentity identify(CheckoutId checkoutId, PayChoice choice) {
    String loginCode = choice.openLoginCode();
    checkArgument(loginCode != null, "there is no login code to exchange");
    PayChannel channel = channels.get().get(checkoutId.merchant(), choice.channel());
    try {
      // Not through the breaker: who logs in and where is paid are different servers.
      return channel.identify(choice.method(), loginCode);
    } catch (ChannelOutcomeUnknownException e) {
      throw ChannelFailures.outcomeUnknown(e);
    }
  }

  @Override
  public PrepayResult prepay(PayOrder payOrder) {
    Optional<Refusal> overLimit = limits.get().refusal(payOrder);
    return overLimit.isPresent()
        ? PrepayResult.refused(overLimit.get())
        : call("prepay", payOrder, channel -> channel.prepay(payOrder));
  }

  @Override
  public TradeResult awaitPayment(PayOrder payOrder) {
    if (ChannelFailures.isFirstTry()) {
      throw notPaidYet("not asked yet: nobody pays within a moment");
    }
    TradeResult trade = call("query", payOrder, channel -> channel.query(payOrder));
    PayOrderStatus status = log(payOrder.channel(), trade);
    return switch (trade.state()) {
      case PAID, CLOSED, REFUNDED -> trade;
      case NOT_CREATED, UNPAID -> {
        if (status == PayOrderStatus.PAYING) {
          throw notPaidYet(sentence(payOrder.channel(), trade.state()));
        }
        yield trade;
      }
    };
  }

  @Override
  public TradeResult query(PayOrder payOrder) {
    TradeResult trade = call("query", payOrder, channel -> channel.query(payOrder));
    PayOrderStatus unused = log(payOrder.channel(), trade);
    return trade;
  }

  @Override
  public CloseResult close(PayOrder payOrder) {
    CloseResult closed = call("close", payOrder, channel -> channel.close(payOrder));
    TradeResult trade = closed.trade();
    log.logQuery(
        payOrder.outTradeNo(),
        payOrder.channel() + " answered the close with " + closed.outcome(),
        trade == null ? null : trade.state(),
        ImmutableMap.of("call", "close", "outcome", closed.outcome().name()));
    return closed;
  }

  @Override
  public RefundResult refund(RefundOrder refund) {
    RefundResult result =
        call(
            "refund",
            refund.checkoutId().merchant(),
            refund.channel(),
            refund.outTradeNo(),
            channel -> channel.refund(refund));
    if (result.refundedAt() == null && result.refusal() == null) {
      log.logQuery(
          refund.outTradeNo(),
          refund.channel() + " has the refund " + refund.outRefundNo() + " under way",
          null,
          ImmutableMap.of(
              "call", "refund",
              "outcome", "PROCESSING",
              "out_refund_no", refund.outRefundNo().value()));
    }
    return result;
  }

  private <T> T call(String name, PayOrder payOrder, ChannelCall<T> call) {
    return call(
        name, payOrder.checkoutId().merchant(), payOrder.channel(), payOrder.outTradeNo(), call);
  }

  private <T> T call(
      String name,
      MerchantId merchant,
      Channel channel,
      OutTradeNo outTradeNo,
      ChannelCall<T> call) {
    PayChannel account = channels.get().get(merchant, channel);
    try {
      return breakers.call(merchant, channel, () -> call.on(account));
    } catch (ChannelRestException e) {
      // Nothing was asked: the timeline does not hear of it, and the next try comes after the rest.
      throw ChannelFailures.resting(e);
    } catch (ChannelOutcomeUnknownException e) {
      log.logQuery(
          outTradeNo, "outcome unknown: " + e.getMessage(), null, ImmutableMap.of("call", name));
      throw ChannelFailures.outcomeUnknown(e);
    }
  }

  private PayOrderStatus log(Channel channel, TradeResult trade) {
    ImmutableMap.Builder<String, Object> data = ImmutableMap.builder();
    data.put("call", "query").put("state", trade.state().name());
    if (trade.tradeNo() != null) {
      data.put("trade_no", trade.tradeNo().value());
    }
    if (trade.amount() != null) {
      data.put("amount_fen", trade.amount().amountFen());
    }
    if (trade.paidAt() != null) {
      data.put("paid_at", trade.paidAt().toString());
    }
    return log.logQuery(
        trade.outTradeNo(), sentence(channel, trade.state()), trade.state(), data.buildOrThrow());
  }

  private static String sentence(Channel channel, TradeState state) {
    String meaning =
        switch (state) {
          case NOT_CREATED -> "the buyer has not scanned or signed in";
          case UNPAID -> "the buyer has not paid";
          case PAID -> "the money has arrived";
          case CLOSED -> "it can never be paid";
          case REFUNDED -> "the payment has gone back whole";
        };
    return channel + " says " + state + ": " + meaning;
  }

  private static ApplicationFailure notPaidYet(String message) {
    return ChannelFailures.notYet(FailureType.NOT_PAID_YET, message);
  }
}
