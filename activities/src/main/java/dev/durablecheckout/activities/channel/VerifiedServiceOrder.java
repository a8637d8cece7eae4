package dev.durablecheckout.activities.channel;

import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult;
import org.jspecify.annotations.Nullable;

/**
 * A notify about a service order.
 *
 * @param outOrderNo our number of it
 * @param id the order as WeChat echoes it; absent if it does not
 */
public record VerifiedServiceOrder(
    String notifyId, String outOrderNo, @Nullable ServiceOrderId id, ServiceOrderResult order)
    implements VerifiedNotify {}
