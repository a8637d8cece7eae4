package dev.durablecheckout.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import dev.durablecheckout.api.error.FieldFault;
import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.error.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON so that nothing is guessed: a key that stands twice is a fault (a reader elsewhere may
 * have taken the other value), a number keeps the form in which it was written, and nothing may
 * follow the end.
 */
final class StrictJson {
  private static final int MAX_DEPTH = 16;

  /** Jackson appends where its source is; that is ours to know. */
  private static final Pattern SOURCE =
      Pattern.compile("\\s*(\\(start marker)? at \\[Source.*", Pattern.DOTALL);

  private static final JsonNodeFactory nodes = JsonNodeFactory.instance;
  private static final JsonFactory factory =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private StrictJson() {}

  /** The object that these bytes are; ProblemException for anything else. */
  static ObjectNode read(byte[] body) {
    try (JsonParser parser = factory.createParser(text(body))) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw malformed("the body is empty; send a JSON object");
      }
      JsonNode root = value(parser, first, "");
      if (parser.nextToken() != null) {
        throw malformed(
            "something follows the end of the JSON object" + at(parser.currentTokenLocation()));
      }
      if (root instanceof ObjectNode object) {
        return object;
      }
      throw fault("", "wrong_type", "the body must be a JSON object");
    } catch (StreamConstraintsException e) {
      throw malformed(
          "a name or a number is too long, or more than " + MAX_DEPTH + " levels are nested");
    } catch (JsonProcessingException e) {
      String reason = SOURCE.matcher(e.getOriginalMessage()).replaceFirst("");
      throw malformed(reason + at(e.getLocation()));
    } catch (IOException e) {
      throw new UncheckedIOException("reading bytes in memory", e);
    }
  }

  /** Jackson itself lets overlong and surrogate forms of UTF-8 pass, and reads UTF-16 and -32. */
  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("the body is not UTF-8");
    }
  }

  private static JsonNode value(JsonParser parser, JsonToken token, String path)
      throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser, path);
      case START_ARRAY -> array(parser, path);
      case VALUE_STRING -> nodes.textNode(parser.getText());
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT, LONG -> nodes.numberNode(parser.getLongValue());
            default -> nodes.numberNode(parser.getBigIntegerValue());
          };
      case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      case VALUE_NULL -> nodes.nullNode();
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("no value begins with " + token);
    };
  }

  private static ObjectNode object(JsonParser parser, String path) throws IOException {
    ObjectNode object = nodes.objectNode();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String fieldPath = FieldPath.of(path, name);
      if (object.has(name)) {
        throw fault(fieldPath, "duplicate_field", "stands twice; say it once");
      }
      object.set(name, value(parser, parser.nextToken(), fieldPath));
    }
    return object;
  }

  private static ArrayNode array(JsonParser parser, String path) throws IOException {
    ArrayNode array = nodes.arrayNode();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      array.add(value(parser, token, FieldPath.of(path, array.size())));
    }
    return array;
  }

  private static String at(@Nullable JsonLocation location) {
    return location == null
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }

  private static ProblemException malformed(String detail) {
    return ProblemException.of(ProblemCode.MALFORMED_JSON, detail);
  }

  private static ProblemException fault(String path, String code, String detail) {
    return ProblemException.of(ImmutableList.of(new FieldFault(path, code, detail)));
  }
}
