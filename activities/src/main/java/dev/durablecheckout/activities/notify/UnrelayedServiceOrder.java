package dev.durablecheckout.activities.notify;

import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderNotified;

/** As {@link UnrelayedNotify}, about a service order. */
public record UnrelayedServiceOrder(
    long id, ServiceOrderId serviceOrderId, ServiceOrderNotified notified)
    implements NotifyLogDao.Unrelayed {}
