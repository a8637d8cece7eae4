package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.PayOrderRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checkout and its pay orders as the books have them.
 *
 * @param undelivered the event of its end, while the order system has not acknowledged it
 * @param known whether the books had it before they were asked: somebody may have paid since;
 *     absent is no
 */
public record CheckoutRecord(
    CheckoutId checkoutId,
    CheckoutStatus status,
    @Nullable CloseReason closeReason,
    Money amount,
    Instant deadline,
    @Nullable Attention attention,
    List<PayOrderRecord> payOrders,
    @Nullable OrderEvent undelivered,
    @Nullable Boolean known) {
  public CheckoutRecord(
      CheckoutId checkoutId,
      CheckoutStatus status,
      @Nullable CloseReason closeReason,
      Money amount,
      Instant deadline,
      @Nullable Attention attention,
      List<PayOrderRecord> payOrders,
      @Nullable OrderEvent undelivered) {
    this(
        checkoutId, status, closeReason, amount, deadline, attention, payOrders, undelivered, null);
  }
}
