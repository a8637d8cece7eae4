package dev.durablecheckout.workflows.order;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The number of a voucher that the merchant gave out; unique per merchant, for ever. */
public record VoucherNo(@JsonValue String value) {
  /** What a valid value looks like. */
  public static final String FORM = "[0-9A-Za-z][0-9A-Za-z_-]{0,63}";

  private static final Pattern PATTERN = Pattern.compile(FORM);

  public VoucherNo {
    checkArgument(PATTERN.matcher(value).matches(), "not of the form %s", FORM);
  }

  @JsonCreator
  public static VoucherNo of(String value) {
    return new VoucherNo(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
