package dev.durablecheckout.api.checkout;

import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.error.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Idempotency-Key} header: a key that the caller chose, so that it can repeat safely.
 */
public final class IdempotencyKey {
  public static final String HEADER = "Idempotency-Key";

  /** For commands: what there is to know before one sends a key. */
  public static final String DESCRIPTION =
      "1 to 64 visible ASCII characters; a repeat under the same key does nothing again";

  private static final Pattern FORM = Pattern.compile("[!-~]{1,64}");

  private IdempotencyKey() {}

  /**
   * The key as it came, or none; ProblemException if it is not 1 to 64 visible ASCII characters.
   */
  public static @Nullable String checked(@Nullable String header) {
    if (header != null && !FORM.matcher(header).matches()) {
      throw ProblemException.of(
          ProblemCode.INVALID_IDEMPOTENCY_KEY,
          HEADER + " must be 1 to 64 visible ASCII characters");
    }
    return header;
  }

  /**
   * The id of the workflow update that this key stands for. The operation is part of it: the same
   * key on another route is another update.
   */
  public static @Nullable String updateId(String operation, @Nullable String header) {
    String key = checked(header);
    return key == null ? null : operation + ":" + key;
  }
}
