package dev.durablecheckout.workflows.refund;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Our number of a refund ({@code out_request_no} at Alipay, {@code out_refund_no} at WeChat Pay).
 * One refund keeps one number for ever.
 */
public record OutRefundNo(@JsonValue String value) {
  /** What a valid value looks like. */
  public static final String FORM = "[0-9A-Za-z_]{1,64}";

  private static final int HASH_BYTES = 20;
  private static final Pattern PATTERN = Pattern.compile(FORM);

  public OutRefundNo {
    checkArgument(PATTERN.matcher(value).matches(), "not of the form %s", FORM);
  }

  @JsonCreator
  public static OutRefundNo of(String value) {
    return new OutRefundNo(value);
  }

  /**
   * The number of the automatic refund of a payment that did not settle its checkout (late,
   * duplicate). Such a payment goes back whole and once, so the number follows from the pay order
   * alone.
   */
  public static OutRefundNo automatic(OutTradeNo outTradeNo) {
    return new OutRefundNo("R" + outTradeNo.value());
  }

  /**
   * The number of a refund that a merchant asks for. It follows from the merchant and its own
   * number alone, not from the payment: one {@code refund_no} can then never stand for two refunds,
   * and whoever repeats it finds the same one.
   */
  public static OutRefundNo requested(MerchantId merchant, RefundNo refundNo) {
    byte[] digest =
        Hashing.sha256()
            .hashString(merchant.value() + "." + refundNo.value(), StandardCharsets.UTF_8)
            .asBytes();
    return new OutRefundNo("Q" + BaseEncoding.base32().omitPadding().encode(digest, 0, HASH_BYTES));
  }

  @Override
  public String toString() {
    return value;
  }
}
