package dev.durablecheckout.workflows.order;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The order number that the merchant chose; unique per merchant, for ever. */
public record MerchantOrderNo(@JsonValue String value) {
  /** What a valid value looks like. */
  public static final String FORM = "[0-9A-Za-z][0-9A-Za-z_-]{0,63}";

  private static final Pattern PATTERN = Pattern.compile(FORM);

  public MerchantOrderNo {
    checkArgument(PATTERN.matcher(value).matches(), "not of the form %s", FORM);
  }

  @JsonCreator
  public static MerchantOrderNo of(String value) {
    return new MerchantOrderNo(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
