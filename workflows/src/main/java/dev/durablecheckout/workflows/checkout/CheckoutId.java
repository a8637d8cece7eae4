package dev.durablecheckout.workflows.checkout;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.order.MerchantOrderNo;

/**
 * A checkout, known by its merchant and the merchant's order number, written {@code
 * merchant.order_no}. It follows from the request alone, so it can be answered before anything is
 * stored, and the same request always means the same checkout.
 */
public record CheckoutId(MerchantId merchant, MerchantOrderNo orderNo) {
  private static final char SEPARATOR = '.';

  /** Reads {@code merchant.order_no}; throws IllegalArgumentException for anything else. */
  @JsonCreator
  public static CheckoutId parse(String value) {
    int separator = value.indexOf(SEPARATOR);
    checkArgument(separator > 0, "a checkout id is merchant.order_no");
    return new CheckoutId(
        MerchantId.of(value.substring(0, separator)),
        MerchantOrderNo.of(value.substring(separator + 1)));
  }

  @JsonValue
  public String value() {
    return merchant.value() + SEPARATOR + orderNo.value();
  }

  /** The id of the one workflow that owns this checkout. */
  public String workflowId() {
    return "checkout:" + merchant.value() + ":" + orderNo.value();
  }

  @Override
  public String toString() {
    return value();
  }
}
