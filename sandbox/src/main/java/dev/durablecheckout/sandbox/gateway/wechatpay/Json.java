package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Bodies of API v3. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** PARAM_ERROR for what is no object. */
  static JsonNode parse(String text) {
    try {
      JsonNode json = MAPPER.readTree(text);
      if (json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      // As for anything else that is no object.
    }
    throw new WechatRefusedException(WechatRefusal.PARAM_ERROR, "body");
  }

  /** A text that must be there. */
  static String text(JsonNode json, String pointer, String pattern) {
    JsonNode value = json.at(pointer);
    if (!value.isTextual() || !value.textValue().matches(pattern)) {
      throw new WechatRefusedException(WechatRefusal.PARAM_ERROR, pointer.substring(1));
    }
    return value.textValue();
  }

  /** A whole number from {@code minimum} on. */
  static long number(JsonNode json, String pointer, long minimum) {
    JsonNode value = json.at(pointer);
    if (!value.isIntegralNumber() || value.longValue() < minimum) {
      throw new WechatRefusedException(WechatRefusal.PARAM_ERROR, pointer.substring(1));
    }
    return value.longValue();
  }

  static String error(WechatRefusal refusal, String detail) {
    ObjectNode json = object();
    json.put("code", refusal.code()).put("message", refusal.text());
    if (!detail.isEmpty()) {
      json.putObject("detail").put("field", detail).put("issue", refusal.text());
    }
    return json.toString();
  }
}
