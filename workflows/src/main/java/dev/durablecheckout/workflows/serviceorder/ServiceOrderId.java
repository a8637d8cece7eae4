package dev.durablecheckout.workflows.serviceorder;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import java.nio.charset.StandardCharsets;

/**
 * A service order, known by its merchant and the merchant's order number, written {@code
 * merchant.order_no}. It follows from the request alone.
 */
public record ServiceOrderId(MerchantId merchant, MerchantOrderNo orderNo) {
  private static final char SEPARATOR = '.';
  private static final int HASH_BYTES = 15;

  /** Reads {@code merchant.order_no}; throws IllegalArgumentException for anything else. */
  @JsonCreator
  public static ServiceOrderId parse(String value) {
    int separator = value.indexOf(SEPARATOR);
    checkArgument(separator > 0, "a service order id is merchant.order_no");
    return new ServiceOrderId(
        MerchantId.of(value.substring(0, separator)),
        MerchantOrderNo.of(value.substring(separator + 1)));
  }

  @JsonValue
  public String value() {
    return merchant.value() + SEPARATOR + orderNo.value();
  }

  /** The id of the one workflow that owns this service order. */
  public String workflowId() {
    return "service-order:" + merchant.value() + ":" + orderNo.value();
  }

  /**
   * Our number of it at WeChat ({@code out_order_no}), the same for ever: 120 bits of SHA-256 over
   * the id, since WeChat takes 32 characters at most.
   */
  public String outOrderNo() {
    byte[] digest = Hashing.sha256().hashString(value(), StandardCharsets.UTF_8).asBytes();
    return "S" + BaseEncoding.base32().omitPadding().encode(digest, 0, HASH_BYTES);
  }

  @Override
  public String toString() {
    return value();
  }
}
