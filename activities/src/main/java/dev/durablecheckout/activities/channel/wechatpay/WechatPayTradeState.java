package dev.durablecheckout.activities.channel.wechatpay;

import dev.durablecheckout.workflows.payment.TradeState;
import java.util.Arrays;
import java.util.Optional;

/** WeChat Pay's {@code trade_state} and what it means. */
enum WechatPayTradeState {
  SUCCESS(TradeState.PAID),
  /**
   * Some of it has gone back, or all: WeChat does not say which, and never says SUCCESS again. It
   * was paid, which is what a checkout asks: were it read as gone back whole, a payment whose
   * notify was lost and of which one fen was refunded would be closed as unpaid. How much has gone
   * back, the refunds know.
   */
  REFUND(TradeState.PAID),
  /** Also after {@code time_expire}: nobody can pay then, but only a close makes it CLOSED. */
  NOTPAY(TradeState.UNPAID),
  CLOSED(TradeState.CLOSED),
  /** A till took its scan back; nobody can pay it any more. No method of ours gets there. */
  REVOKED(TradeState.CLOSED),
  /** The buyer is entering the password, at a till. */
  USERPAYING(TradeState.UNPAID),
  /** The bank said no, at a till. Not paid, and not closed either: a close makes sure. */
  PAYERROR(TradeState.UNPAID),
  /** Taken, and to be debited later. */
  ACCEPT(TradeState.UNPAID);

  private final TradeState state;

  WechatPayTradeState(TradeState state) {
    this.state = state;
  }

  TradeState state() {
    return state;
  }

  /** Empty for a state that is not known here: not an answer. */
  static Optional<WechatPayTradeState> of(String tradeState) {
    return Arrays.stream(values()).filter(state -> state.name().equals(tradeState)).findFirst();
  }
}
