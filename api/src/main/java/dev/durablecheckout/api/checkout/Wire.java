package dev.durablecheckout.api.checkout;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayMethod;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How states and choices are spelled in JSON: in lower case. */
final class Wire {
  static final ImmutableMap<String, Channel> CHANNELS = words(Channel.values());
  static final ImmutableMap<String, PayMethod> METHODS = words(PayMethod.values());

  private Wire() {}

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static @Nullable String wordOrNull(@Nullable Enum<?> value) {
    return value == null ? null : word(value);
  }

  /** For a sentence. */
  static String words(Collection<? extends Enum<?>> values) {
    return values.stream().map(Wire::word).collect(joining(", "));
  }

  private static <E extends Enum<E>> ImmutableMap<String, E> words(E[] values) {
    return Arrays.stream(values).collect(toImmutableMap(Wire::word, value -> value));
  }
}
