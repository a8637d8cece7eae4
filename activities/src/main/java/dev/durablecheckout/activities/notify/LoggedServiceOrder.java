package dev.durablecheckout.activities.notify;

import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import org.jspecify.annotations.Nullable;

/**
 * A verified notify about a service order in the log.
 *
 * @param serviceOrderId absent if neither the books nor the message know whose it is
 */
public record LoggedServiceOrder(long id, @Nullable ServiceOrderId serviceOrderId) {}
