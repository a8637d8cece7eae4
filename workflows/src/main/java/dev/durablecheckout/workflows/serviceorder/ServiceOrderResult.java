package dev.durablecheckout.workflows.serviceorder;

import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.TradeNo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What WeChat said of a service order, verified to be of the merchant's account.
 *
 * @param orderId WeChat's number of it
 * @param startedAt when the service began, which is when the buyer confirmed it
 * @param total what is collected, once the service has ended
 * @param transactionId of the payment that settled it: a refund needs it
 * @param paid what was collected
 */
public record ServiceOrderResult(
    State state,
    @Nullable String orderId,
    @Nullable Instant startedAt,
    @Nullable Money total,
    @Nullable TradeNo transactionId,
    @Nullable Money paid,
    @Nullable Instant paidAt) {
  /** What WeChat's {@code state}, {@code state_description} and {@code collection} amount to. */
  public enum State {
    NOT_CREATED,
    CREATED,
    CONFIRMED,
    COLLECTING,
    SETTLED,
    CANCELLED,
    EXPIRED
  }

  public static ServiceOrderResult notCreated() {
    return new ServiceOrderResult(State.NOT_CREATED, null, null, null, null, null, null);
  }
}
