package dev.durablecheckout.workflows.serviceorder;

import dev.durablecheckout.workflows.payment.PaySource;
import org.jspecify.annotations.Nullable;

/**
 * A move of a service order, to be booked.
 *
 * @param facts what WeChat said with it
 * @param source how we heard
 * @param notifyLogId the notify that told us, if one did
 */
public record ServiceOrderProgress(
    ServiceOrderId id,
    ServiceOrderStatus to,
    ServiceOrderResult facts,
    PaySource source,
    @Nullable Long notifyLogId) {}
