package dev.durablecheckout.activities.notify;

import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundNotified;

/** As {@link UnrelayedNotify}, about a refund of ours. */
public record UnrelayedRefund(long id, OutRefundNo outRefundNo, RefundNotified notified)
    implements NotifyLogDao.Unrelayed {}
