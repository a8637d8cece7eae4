package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.Item;
import dev.durablecheckout.workflows.order.Voucher;
import dev.durablecheckout.workflows.payment.PayChoice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's wish to be paid, as the workflow's input. Idempotency key: {@code checkoutId}.
 *
 * @param requestId made anew for each HTTP request: a first answer that carries another one answers
 *     an earlier request
 * @param fingerprint digest of everything in the request that a repeat must not change
 * @param idempotencyKey the caller's {@code Idempotency-Key}, unique per merchant, if there was one
 * @param amount what is to be paid, after the voucher; more than zero
 * @param choice how it is to be paid; absent if the buyer has yet to choose
 * @param deadline when an unpaid checkout closes
 * @param returnUrl where the buyer goes afterwards, if anywhere
 * @param purpose what it is for; a sale in requests from before there were others, which lack it
 * @param voucher what pays a part of the items' price, if anything does
 */
public record CheckoutRequest(
    CheckoutId checkoutId,
    String requestId,
    String fingerprint,
    @Nullable String idempotencyKey,
    String subject,
    Money amount,
    String buyerId,
    List<Item> items,
    @Nullable PayChoice choice,
    Instant deadline,
    @Nullable String returnUrl,
    Map<String, String> metadata,
    CheckoutPolicy policy,
    CheckoutPurpose purpose,
    @Nullable Voucher voucher) {
  public CheckoutRequest {
    purpose = purpose == null ? CheckoutPurpose.SALE : purpose;
  }

  /** A sale without a voucher. */
  public CheckoutRequest(
      CheckoutId checkoutId,
      String requestId,
      String fingerprint,
      @Nullable String idempotencyKey,
      String subject,
      Money amount,
      String buyerId,
      List<Item> items,
      @Nullable PayChoice choice,
      Instant deadline,
      @Nullable String returnUrl,
      Map<String, String> metadata,
      CheckoutPolicy policy) {
    this(
        checkoutId,
        requestId,
        fingerprint,
        idempotencyKey,
        subject,
        amount,
        buyerId,
        items,
        choice,
        deadline,
        returnUrl,
        metadata,
        policy,
        CheckoutPurpose.SALE,
        null);
  }

  /** What Temporal's list of workflows shows of it. */
  public String summary() {
    return checkoutId + ", " + amount;
  }
}
