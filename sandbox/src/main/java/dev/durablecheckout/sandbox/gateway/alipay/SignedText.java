package dev.durablecheckout.sandbox.gateway.alipay;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The text that is signed for a set of parameters: {@code a=1&b=2}, sorted, without empty ones. */
final class SignedText {
  private SignedText() {}

  /** For a merchant's request: all but the signature itself. */
  static String ofRequest(Map<String, String> parameters) {
    return join(parameters, Set.of("sign"));
  }

  /** For a notify or a return: without the signature and its type. */
  static String ofNotify(Map<String, String> parameters) {
    return join(parameters, Set.of("sign", "sign_type"));
  }

  private static String join(Map<String, String> parameters, Set<String> without) {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .filter(each -> !without.contains(each.getKey()) && !each.getValue().isEmpty())
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining("&"));
  }
}
