package dev.durablecheckout.workflows.serviceorder;

import org.jspecify.annotations.Nullable;

/**
 * A verified notify about a service order, as a signal.
 *
 * @param notifyLogId its row in the notify log; absent if the books could not be reached
 * @param notifyId WeChat's id of the message, the same in each resend
 */
public record ServiceOrderNotified(
    @Nullable Long notifyLogId, String notifyId, ServiceOrderResult order) {}
