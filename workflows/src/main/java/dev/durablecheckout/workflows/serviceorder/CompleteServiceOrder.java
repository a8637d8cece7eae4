package dev.durablecheckout.workflows.serviceorder;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The service has ended.
 *
 * @param endedAt when; absent for now
 */
public record CompleteServiceOrder(ServiceBill bill, @Nullable Instant endedAt) {}
