package dev.durablecheckout.api.json;

/** How a place in a body is written: {@code items[0].quantity}. */
final class FieldPath {
  /** A caller's own name is told back, but not a page of it. */
  private static final int MAX_NAME = 64;

  private static final int REPLACEMENT = 0xfffd;

  private FieldPath() {}

  static String of(String parent, String name) {
    String shown = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "..." : name;
    String whole = withoutHalfSurrogates(shown);
    return parent.isEmpty() ? whole : parent + "." + whole;
  }

  /** What the caller sent, or the cut above, may have left a half: an answer cannot hold it. */
  private static String withoutHalfSurrogates(String text) {
    return text.codePoints()
        .map(c -> Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  static String of(String parent, int index) {
    return parent + "[" + index + "]";
  }
}
