package dev.durablecheckout.activities.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Reads messages of others. One that could be read in two ways, with a member twice or with
 * something behind its end, is none.
 */
public final class StrictJson {
  private static final ObjectReader STRICT =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private StrictJson() {}

  /**
   * @throws IllegalArgumentException if it is no JSON; its message has nothing of the text
   */
  public static JsonNode read(String json) {
    try {
      return STRICT.readValue(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON");
    }
  }

  /**
   * @throws IllegalArgumentException if it is no JSON object
   */
  public static JsonNode object(String json) {
    JsonNode content = read(json);
    if (!content.isObject()) {
      throw new IllegalArgumentException("not a JSON object");
    }
    return content;
  }
}
