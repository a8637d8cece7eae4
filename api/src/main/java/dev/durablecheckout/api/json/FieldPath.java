package dev.durablecheckout.api.json;

/** How a place in a body is written: {@code items[0].quantity}. */
final class FieldPath {
  /** A caller's own name is told back, but not a page of it. */
  private static final int MAX_NAME = 64;

  private FieldPath() {}

  static String of(String parent, String name) {
    String shown = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "..." : name;
    return parent.isEmpty() ? shown : parent + "." + shown;
  }

  static String of(String parent, int index) {
    return parent + "[" + index + "]";
  }
}
