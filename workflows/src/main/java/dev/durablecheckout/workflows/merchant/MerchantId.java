package dev.durablecheckout.workflows.merchant;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A tenant: it owns channel accounts, API keys and an event endpoint. Part of workflow ids and
 * notify URLs.
 */
public record MerchantId(@JsonValue String value) {
  /** What a valid value looks like. */
  public static final String FORM = "[a-z0-9][a-z0-9-]{0,31}";

  private static final Pattern PATTERN = Pattern.compile(FORM);

  public MerchantId {
    checkArgument(PATTERN.matcher(value).matches(), "not of the form %s", FORM);
  }

  @JsonCreator
  public static MerchantId of(String value) {
    return new MerchantId(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
