package dev.durablecheckout.api.json;

import dev.durablecheckout.api.error.FieldFault;
import java.util.Optional;

/** What a text may hold: characters that every channel, log and database can carry. */
public final class Texts {
  private Texts() {}

  /** What is wrong with a text of 1 to {@code maxChars} characters; its path is left empty. */
  public static Optional<FieldFault> fault(String value, int maxChars) {
    if (value.isBlank()) {
      return fault("too_short", "must not be blank");
    }
    int length = value.codePointCount(0, value.length());
    if (length > maxChars) {
      return fault("too_long", "must have at most " + maxChars + " characters, not " + length);
    }
    if (value.codePoints().anyMatch(Texts::isUnfit)) {
      return fault("control_character", "must not hold control characters or half surrogates");
    }
    return Optional.empty();
  }

  private static boolean isUnfit(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
  }

  private static Optional<FieldFault> fault(String code, String detail) {
    return Optional.of(new FieldFault("", code, detail));
  }
}
