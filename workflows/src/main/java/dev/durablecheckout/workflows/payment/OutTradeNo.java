package dev.durablecheckout.workflows.payment;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Our number of a pay order, as the channel knows it ({@code out_trade_no}). At most 32 characters,
 * because WeChat Pay takes no more; a number is never used for a second attempt.
 */
public record OutTradeNo(@JsonValue String value) {
  /** What a valid value looks like. */
  public static final String FORM = "[0-9A-Za-z_]{1,32}";

  /** How often one checkout may be tried: each attempt is a new number at the channel. */
  public static final int MAX_ATTEMPTS = 20;

  private static final int HASH_BYTES = 15;
  private static final Pattern PATTERN = Pattern.compile(FORM);

  public OutTradeNo {
    checkArgument(PATTERN.matcher(value).matches(), "not of the form %s", FORM);
  }

  @JsonCreator
  public static OutTradeNo of(String value) {
    return new OutTradeNo(value);
  }

  /**
   * The number of one attempt to pay a checkout. Derived from business numbers only, so that a
   * reset or a rebuilt workflow asks the channel about the same trade: 120 bits of SHA-256 over the
   * checkout id, then the attempt (from 1).
   */
  public static OutTradeNo of(CheckoutId checkoutId, int attempt) {
    checkArgument(attempt >= 1 && attempt <= MAX_ATTEMPTS, "attempt %s", attempt);
    byte[] digest =
        Hashing.sha256().hashString(checkoutId.value(), StandardCharsets.UTF_8).asBytes();
    String hash = BaseEncoding.base32().omitPadding().encode(digest, 0, HASH_BYTES);
    return new OutTradeNo("P" + hash + "_" + attempt);
  }

  @Override
  public String toString() {
    return value;
  }
}
