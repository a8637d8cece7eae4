package dev.durablecheckout.workflows.withdrawal;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Our number of a withdrawal, as the channel knows it ({@code out_biz_no} at Alipay, {@code
 * out_bill_no} at WeChat Pay). One withdrawal keeps one number for ever: under a second number the
 * channel would pay a second time. Letters and digits only and at most 32, because WeChat Pay takes
 * no others.
 */
public record WithdrawalNo(@JsonValue String value) {
  /** What a valid value looks like. */
  public static final String FORM = "[0-9A-Za-z]{1,32}";

  private static final int HASH_BYTES = 15;
  private static final Pattern PATTERN = Pattern.compile(FORM);

  public WithdrawalNo {
    checkArgument(PATTERN.matcher(value).matches(), "not of the form %s", FORM);
  }

  @JsonCreator
  public static WithdrawalNo of(String value) {
    return new WithdrawalNo(value);
  }

  /**
   * The number of a merchant's withdrawal. Derived from business numbers only, so that a reset or a
   * rebuilt workflow asks the channel about the same payout: 120 bits of SHA-256 over the merchant
   * and the number that the merchant gave it.
   */
  public static WithdrawalNo of(MerchantId merchant, MerchantOrderNo merchantWithdrawalNo) {
    // A merchant's id has no colon: no two pairs are written the same.
    String written = merchant.value() + ":" + merchantWithdrawalNo.value();
    byte[] digest = Hashing.sha256().hashString(written, StandardCharsets.UTF_8).asBytes();
    return new WithdrawalNo(
        "W" + BaseEncoding.base32().omitPadding().encode(digest, 0, HASH_BYTES));
  }

  /** The id of the one workflow that owns this withdrawal. */
  public String workflowId() {
    return "withdrawal:" + value;
  }

  @Override
  public String toString() {
    return value;
  }
}
