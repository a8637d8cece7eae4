package dev.durablecheckout.activities.checkout;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.activities.json.BookJson;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What happened to checkouts, service orders and withdrawals, written in the transaction in which
 * it happened.
 */
public final class TimelineDao {
  private static final String INSERT =
      """
      insert into timeline (checkout_id, service_order_id, withdrawal_no, at, kind, out_trade_no, detail, data)
      values (:checkout, :serviceOrder, :withdrawal, :at, :kind, :outTradeNo, :detail, cast(:data as jsonb))
      """;

  private TimelineDao() {}

  public static void add(
      Handle handle,
      CheckoutId checkout,
      Instant at,
      String kind,
      @Nullable OutTradeNo outTradeNo,
      String detail,
      Map<String, ?> data) {
    add(handle, checkout.value(), null, null, at, kind, outTradeNo, detail, data);
  }

  public static void add(
      Handle handle,
      ServiceOrderId serviceOrder,
      Instant at,
      String kind,
      String detail,
      Map<String, ?> data) {
    add(handle, null, serviceOrder.value(), null, at, kind, null, detail, data);
  }

  public static void add(
      Handle handle,
      WithdrawalNo withdrawal,
      Instant at,
      String kind,
      String detail,
      Map<String, ?> data) {
    add(handle, null, null, withdrawal.value(), at, kind, null, detail, data);
  }

  /**
   * What happened to something, in order.
   *
   * @param sql reads {@code :id}; selects at, kind, out_trade_no, detail and data
   */
  public static List<TimelineEntry> list(Handle handle, String sql, String id) {
    return handle.createQuery(sql).bind("id", id).map((row, context) -> entry(row)).list();
  }

  private static TimelineEntry entry(ResultSet row) throws SQLException {
    Map<String, Object> data = BookJson.read(row.getString("data"), new TypeReference<>() {});
    return new TimelineEntry(
        Columns.instant(row, "at"),
        row.getString("kind"),
        row.getString("out_trade_no"),
        row.getString("detail"),
        data);
  }

  private static void add(
      Handle handle,
      @Nullable String checkout,
      @Nullable String serviceOrder,
      @Nullable String withdrawal,
      Instant at,
      String kind,
      @Nullable OutTradeNo outTradeNo,
      String detail,
      Map<String, ?> data) {
    handle
        .createUpdate(INSERT)
        .bind("checkout", checkout)
        .bind("serviceOrder", serviceOrder)
        .bind("withdrawal", withdrawal)
        .bind("at", at)
        .bind("kind", kind)
        .bind("outTradeNo", outTradeNo == null ? null : outTradeNo.value())
        .bind("detail", detail)
        .bind("data", BookJson.write(data))
        .execute();
  }
}
