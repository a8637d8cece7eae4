package dev.durablecheckout.workflows.withdrawal;

import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Refusal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A withdrawal as the books have it.
 *
 * @param payoutNo the channel's number
 * @param fee what the channel took for it, where it said so
 * @param refusal why it failed, or came back
 * @param undelivered its events that the order system has not acknowledged, oldest first
 * @param heldAt when the money was held: the channel was asked then or later; absent in histories
 *     from before it was told
 */
public record WithdrawalRecord(
    WithdrawalNo no,
    WithdrawalStatus status,
    @Nullable WithdrawalAttention attention,
    @Nullable String payoutNo,
    @Nullable Money fee,
    @Nullable Instant paidAt,
    @Nullable Instant returnedAt,
    @Nullable Refusal refusal,
    List<OrderEvent> undelivered,
    @Nullable Instant heldAt) {}
