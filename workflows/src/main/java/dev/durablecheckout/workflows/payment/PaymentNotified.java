package dev.durablecheckout.workflows.payment;

import org.jspecify.annotations.Nullable;

/**
 * A verified notify of a channel, as a signal. The raw message stays in the notify log.
 *
 * @param notifyLogId its row in the notify log; absent if the books could not be reached
 * @param notifyId the channel's id of the message, the same in each resend
 */
public record PaymentNotified(@Nullable Long notifyLogId, String notifyId, TradeResult trade) {}
