package dev.durablecheckout.workflows.payment;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The channel's own number of a trade: Alipay's {@code trade_no}, WeChat Pay's {@code
 * transaction_id}.
 */
public record TradeNo(@JsonValue String value) {
  /** What a valid value looks like. */
  public static final String FORM = "[0-9A-Za-z_-]{1,64}";

  private static final Pattern PATTERN = Pattern.compile(FORM);

  public TradeNo {
    checkArgument(PATTERN.matcher(value).matches(), "not of the form %s", FORM);
  }

  @JsonCreator
  public static TradeNo of(String value) {
    return new TradeNo(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
