package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bodies of API v3. What is wrong in one is a PARAM_ERROR that names the field. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The body of a call; without members where there is none. */
  static JsonNode parse(String text) {
    if (text.isEmpty()) {
      return object();
    }
    try {
      JsonNode json = MAPPER.readTree(text);
      if (json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      // As for anything else that is no object.
    }
    throw wrong("body");
  }

  /** What was written here before. */
  static JsonNode any(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  /** A text that must be there, as JSON pointer and pattern say. */
  static String text(JsonNode json, String pointer, Pattern pattern) {
    JsonNode value = json.at(pointer);
    if (!value.isTextual() || !pattern.matcher(value.textValue()).matches()) {
      throw wrong(pointer.substring(1));
    }
    return value.textValue();
  }

  /** A text of up to so many characters that may be absent. */
  static @Nullable String optional(JsonNode json, String pointer, int maxLength) {
    JsonNode value = json.at(pointer);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual() || value.textValue().length() > maxLength) {
      throw wrong(pointer.substring(1));
    }
    return value.textValue();
  }

  /** A whole number from {@code minimum} on. */
  static long number(JsonNode json, String pointer, long minimum) {
    JsonNode value = json.at(pointer);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < minimum) {
      throw wrong(pointer.substring(1));
    }
    return value.longValue();
  }

  static WechatRefusedException wrong(String field) {
    return new WechatRefusedException(WechatRefusal.PARAM_ERROR, field);
  }

  static String error(WechatRefusedException refused) {
    WechatRefusal refusal = refused.refusal();
    ObjectNode json = object();
    json.put("code", refusal.code()).put("message", refusal.text());
    if (!refused.detail().isEmpty()) {
      json.putObject("detail")
          .put("field", "/" + refused.detail())
          .put("issue", refusal.text())
          .put("location", "body");
    }
    return json.toString();
  }
}
