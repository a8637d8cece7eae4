package dev.durablecheckout.activities.reconciliation;

import dev.durablecheckout.workflows.reconciliation.Difference;
import dev.durablecheckout.workflows.reconciliation.ItemKind;
import dev.durablecheckout.workflows.reconciliation.ItemState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One difference between a bill and the books.
 *
 * @param item its number, for whoever explains it
 * @param number ours, where there is one
 * @param ourFen absent if the books do not have it
 * @param theirFen absent if the bill does not have it
 * @param said a person's reason, for CLOSED_BY_PERSON
 */
public record ItemReport(
    long item,
    ItemKind kind,
    String number,
    Difference difference,
    ItemState state,
    @Nullable String checkoutId,
    @Nullable String tradeNo,
    @Nullable Long ourFen,
    @Nullable Long theirFen,
    String detail,
    @Nullable String said,
    Instant foundAt,
    @Nullable Instant endedAt) {}
