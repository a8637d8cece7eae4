package dev.durablecheckout.activities.channel.wallet;

import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One row of {@code wallet_trades}. */
record WalletTrade(
    OutTradeNo outTradeNo,
    WalletTradeState state,
    Money amount,
    Money refunded,
    @Nullable Instant paidAt) {

  static WalletTrade paid(OutTradeNo outTradeNo, Money amount, Instant paidAt) {
    return new WalletTrade(outTradeNo, WalletTradeState.PAID, amount, Money.ZERO, paidAt);
  }

  boolean isPaid() {
    return state == WalletTradeState.PAID;
  }

  /** As it stands now. */
  TradeResult now() {
    return switch (state) {
      case CLOSED -> result(TradeState.CLOSED);
      case PAID -> result(refunded.equals(amount) ? TradeState.REFUNDED : TradeState.PAID);
    };
  }

  /** The payment, whatever has gone back of it since. */
  TradeResult payment() {
    return result(TradeState.PAID);
  }

  private TradeResult result(TradeState as) {
    return new TradeResult(
        outTradeNo, as, isPaid() ? TradeNo.of("W" + outTradeNo) : null, amount, paidAt);
  }
}
