package dev.durablecheckout.workflows.refund;

import org.jspecify.annotations.Nullable;

/**
 * A verified notify of a channel about a refund. It only wakes the refund, which asks the channel:
 * what the message says of the outcome is not taken from it.
 *
 * @param notifyLogId its row in the notify log; absent if the database was away
 * @param notifyId the channel's id of the message
 */
public record RefundNotified(@Nullable Long notifyLogId, String notifyId) {}
