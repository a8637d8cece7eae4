package dev.durablecheckout.workflows.serviceorder;

import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.payment.Refusal;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The books of service orders. Run as local activities: each method is one short transaction,
 * idempotent on the order's id, and may run again after a lost answer.
 */
@ActivityInterface(namePrefix = "ServiceOrderBooks")
public interface ServiceOrderBooks {
  /**
   * Opens a service order, CREATED, before WeChat hears of it. One that exists with the same
   * fingerprint is returned as it is. Fails for good, writing nothing, with {@code
   * MERCHANT_ORDER_NO_REUSED} or {@code IDEMPOTENCY_KEY_REUSED}.
   */
  @ActivityMethod
  ServiceOrderRecord open(ServiceOrderRequest request);

  /** Ends an order that WeChat refused: REFUSED. A no-op unless it is CREATED. */
  @ActivityMethod
  void recordRefused(ServiceOrderId id, Refusal refusal);

  /**
   * Writes down what the service cost and when it ended, before WeChat hears of it. A no-op unless
   * the order is CONFIRMED, or COMPLETED and not settled.
   */
  @ActivityMethod
  void recordBill(ServiceOrderId id, ServiceBill bill, Instant endedAt);

  /**
   * Books a move with its facts, the event for the order system, and the notify as applied. A move
   * that is not allowed, or was booked before, changes nothing. Returns the order as it stands.
   */
  @ActivityMethod
  ServiceOrderRecord record(ServiceOrderProgress progress);

  /**
   * Says why a person should look; absent, takes the reason back. Idempotent.
   *
   * @param detail for the timeline
   */
  @ActivityMethod
  void recordAttention(ServiceOrderId id, @Nullable Attention attention, String detail);
}
