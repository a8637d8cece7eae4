package dev.durablecheckout.workflows.serviceorder;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;

/**
 * Calls to WeChat PayScore. Every method returns only what WeChat definitely said; an answer that
 * is missing or unusable is thrown as retryable {@code CHANNEL_OUTCOME_UNKNOWN} and the call is
 * repeated with the same number. Each is idempotent on the order's out_order_no.
 */
@ActivityInterface(namePrefix = "ServiceOrder")
public interface ServiceOrderActivities {
  /** Creates the order; it begins when the buyer accepts it ({@code OnAccept}). */
  @ActivityMethod
  ServiceOrderAnswer create(ServiceOrderRequest request);

  /**
   * Polls until the order is in another state: each attempt asks once and fails with benign {@code
   * NOT_CHANGED_YET}; the first asks nothing.
   */
  @ActivityMethod
  ServiceOrderResult awaitChange(ServiceOrderId id, ServiceOrderResult.State from);

  /** Asks once how the order stands. Changes nothing. */
  @ActivityMethod
  ServiceOrderResult query(ServiceOrderId id);

  /**
   * Ends the service; WeChat begins to collect.
   *
   * @param endedAt after the beginning and not later than now, to the second
   */
  @ActivityMethod
  ServiceOrderAnswer complete(ServiceOrderId id, ServiceBill bill, Instant endedAt);

  /** Lowers the bill of an order that is being collected. */
  @ActivityMethod
  ServiceOrderAnswer modify(ServiceOrderId id, ServiceBill bill, String reason);

  /** Gives the order up, before the service has ended. */
  @ActivityMethod
  ServiceOrderAnswer cancel(ServiceOrderId id, String reason);

  /** Tells WeChat that the buyer has paid in another way: it stops collecting. */
  @ActivityMethod
  ServiceOrderAnswer sync(ServiceOrderId id, Instant paidAt);
}
