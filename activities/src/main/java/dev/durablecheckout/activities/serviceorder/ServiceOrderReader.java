package dev.durablecheckout.activities.serviceorder;

import dev.durablecheckout.activities.checkout.TimelineDao;
import dev.durablecheckout.activities.checkout.TimelineEntry;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Reads service orders for the API. Writes nothing. */
public final class ServiceOrderReader {
  private static final String TIMELINE =
      """
      select at, kind, out_trade_no, detail, data, 1 as source, id from timeline where service_order_id = :id
      union all
      select received_at, 'NOTIFY', null, 'WeChat notified ' || (service_order ->> 'state'),
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
    return jdbi.withHandle(handle -> TimelineDao.list(handle, TIMELINE, id.value()));
  }
}
