package dev.durablecheckout.activities.checkout;

import dev.durablecheckout.activities.json.BookJson;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.TradeState;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What channels answered when they were asked: a row of the timeline for each question. */
public final class ChannelQueryLog {
  private static final String LOG =
      """
      with asked as (
        insert into timeline (checkout_id, at, kind, out_trade_no, detail, data)
        select checkout_id, :at, 'QUERY', out_trade_no, :detail, cast(:data as jsonb)
        from pay_orders where out_trade_no = :no)
      select status from pay_orders where out_trade_no = :no
      """;

  private final Jdbi jdbi;
  private final Clock clock;

  public ChannelQueryLog(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * Logs one answer, in one statement.
   *
   * @param state what the channel said; absent if the answer could not be used
   * @return where the pay order stands in our books
   */
  public PayOrderStatus logQuery(
      OutTradeNo outTradeNo, String detail, @Nullable TradeState state, Map<String, Object> data) {
    Map<String, Object> facts = new LinkedHashMap<>(data);
    facts.put("trade_state", state == null ? "UNKNOWN" : state.name());
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(LOG)
                .bind("no", outTradeNo.value())
                .bind("at", clock.instant())
                .bind("detail", detail)
                .bind("data", BookJson.write(facts))
                .map((row, context) -> PayOrderStatus.valueOf(row.getString("status")))
                .one());
  }
}
