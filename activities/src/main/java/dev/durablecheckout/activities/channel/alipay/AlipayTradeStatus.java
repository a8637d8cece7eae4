package dev.durablecheckout.activities.channel.alipay;

import dev.durablecheckout.workflows.payment.TradeState;
import java.util.Arrays;
import java.util.Optional;

/**
 * Alipay's {@code trade_status} and what it means. TRADE_CLOSED stands for two opposite things: a
 * trade that nobody paid, and one that was paid and has gone back whole; the message has to say
 * which.
 */
enum AlipayTradeStatus {
  WAIT_BUYER_PAY(TradeState.UNPAID, TradeState.UNPAID),
  TRADE_SUCCESS(TradeState.PAID, TradeState.PAID),
  /** Paid, and past the time in which it can be refunded. */
  TRADE_FINISHED(TradeState.PAID, TradeState.PAID),
  TRADE_CLOSED(TradeState.CLOSED, TradeState.REFUNDED);

  private final TradeState withoutMoney;
  private final TradeState withMoney;

  AlipayTradeStatus(TradeState withoutMoney, TradeState withMoney) {
    this.withoutMoney = withoutMoney;
    this.withMoney = withMoney;
  }

  /**
   * What it means in our words.
   *
   * @param moneyMoved whether the message tells of a payment time or of a refund
   */
  TradeState state(boolean moneyMoved) {
    return moneyMoved ? withMoney : withoutMoney;
  }

  /** Empty for a status that is not known here: not an answer. */
  static Optional<AlipayTradeStatus> of(String tradeStatus) {
    return Arrays.stream(values()).filter(status -> status.name().equals(tradeStatus)).findFirst();
  }
}
