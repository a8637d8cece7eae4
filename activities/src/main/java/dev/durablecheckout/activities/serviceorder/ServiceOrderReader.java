package dev.durablecheckout.activities.serviceorder;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.durablecheckout.activities.checkout.TimelineEntry;
import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.activities.json.BookJson;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Reads service orders for the API. Writes nothing. */
public final class ServiceOrderReader {
  private static final String TIMELINE =
      """
      select at, kind, detail, data, 1 as source, id from timeline where service_order_id = :id
      union all
      select received_at, 'NOTIFY', 'WeChat notified ' || (service_order ->> 'state'),
        jsonb_build_object('notify_id', notify_id, 'deliveries', deliveries, 'applied', applied_at is not null), 0, id
      from notify_log where service_order_id = :id
      order by at, source, id
      """;

  private final Jdbi jdbi;

  public ServiceOrderReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** One service order; empty if the books have never heard of it. */
  public Optional<ServiceOrderRow> find(ServiceOrderId id) {
    return jdbi.inTransaction(handle -> ServiceOrderDao.find(handle, id));
  }

  /** Every notify, decision and delivery of a service order, in order. */
  public List<TimelineEntry> timeline(ServiceOrderId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(TIMELINE)
                .bind("id", id.value())
                .map((row, context) -> entry(row))
                .list());
  }

  private static TimelineEntry entry(ResultSet row) throws SQLException {
    Map<String, Object> data = BookJson.read(row.getString("data"), new TypeReference<>() {});
    return new TimelineEntry(
        Columns.instant(row, "at"), row.getString("kind"), null, row.getString("detail"), data);
  }
}
