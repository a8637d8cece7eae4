package dev.durablecheckout.activities.checkout;

import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.TradeState;
import java.time.Clock;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Stand-in until the books are merged. */
public final class ChannelQueryLog {
  public ChannelQueryLog(Jdbi jdbi, Clock clock) {}

  /** Stand-in. */
  public PayOrderStatus logQuery(
      OutTradeNo outTradeNo, String detail, @Nullable TradeState state, Map<String, Object> data) {
    throw new UnsupportedOperationException("stand-in");
  }
}
