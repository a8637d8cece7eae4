package dev.durablecheckout.workflows.serviceorder;

import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeNo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service order as the books have it.
 *
 * @param bill what it costs, once the merchant has said so
 * @param endedAt when the service ended, as the merchant said
 * @param undelivered its events that the order system has not acknowledged, oldest first
 */
public record ServiceOrderRecord(
    ServiceOrderId id,
    ServiceOrderStatus status,
    @Nullable Attention attention,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable ServiceBill bill,
    @Nullable TradeNo transactionId,
    @Nullable Money paid,
    @Nullable Refusal refusal,
    List<OrderEvent> undelivered) {}
