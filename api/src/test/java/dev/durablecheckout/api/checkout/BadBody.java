package dev.durablecheckout.api.checkout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.io.ByteSource;
import dev.durablecheckout.api.scene.Bodies;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A body of POST /v1/checkouts that must be refused.
 *
 * @param field the field that is to be named; empty where it is the body as a whole
 * @param fault the code of that field's fault; null where it is not one of fields
 * @param says what the answer must tell: what would be right
 */
record BadBody(
    String name,
    ByteSource body,
    int status,
    String code,
    String field,
    String fault,
    String says) {

  /** A good body with one thing wrong in it. */
  static BadBody field(
      String name, String field, String fault, String says, Consumer<ObjectNode> change) {
    ObjectNode body = Bodies.checkout("bad-1");
    change.accept(body);
    return refused(name, body.toString(), field, fault, says);
  }

  /** A good body in which some text is replaced by another: for what no JSON library writes. */
  static BadBody raw(
      String name, String field, String fault, String says, String old, String replacement) {
    return refused(name, good(old, replacement), field, fault, says);
  }

  static BadBody malformed(String name, String says, String old, String replacement) {
    return malformed(name, says, good(old, replacement).getBytes(StandardCharsets.UTF_8));
  }

  static BadBody malformed(String name, String says, byte[] body) {
    return new BadBody(name, ByteSource.wrap(body), 400, "malformed_json", "", null, says);
  }

  static BadBody refused(String name, String body, String field, String fault, String says) {
    return new BadBody(
        name,
        ByteSource.wrap(body.getBytes(StandardCharsets.UTF_8)),
        400,
        "invalid_request",
        field,
        fault,
        says);
  }

  private static String good(String old, String replacement) {
    String body = Bodies.checkout("bad-1").toString();
    if (!body.contains(old)) {
      throw new IllegalArgumentException("the good body has no " + old);
    }
    return body.replace(old, replacement);
  }

  static ObjectNode item(ObjectNode body) {
    return (ObjectNode) body.at("/items/0");
  }

  static void items(ObjectNode body, int count) {
    ArrayNode items = (ArrayNode) body.get("items");
    ObjectNode one = item(body).deepCopy();
    items.removeAll();
    for (int i = 0; i < count; i++) {
      items.add(one.deepCopy());
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
