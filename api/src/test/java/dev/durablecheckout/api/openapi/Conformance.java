package dev.durablecheckout.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.List;

/** Holds JSON against a schema: as much of it as this API's description uses. */
final class Conformance {
  private static final String COMPONENTS = "#/components/schemas/";

  private final OpenAPI api;

  Conformance(OpenAPI api) {
    this.api = api;
  }

  /** Where the JSON is not as the schema says; empty if it is. */
  List<String> faults(JsonNode json, Schema<?> schema) {
    List<String> faults = new ArrayList<>();
    check("$", json, schema, faults);
    return faults;
  }

  Schema<?> resolve(Schema<?> schema) {
    if (schema.get$ref() == null) {
      return schema;
    }
    Schema<?> found =
        api.getComponents().getSchemas().get(schema.get$ref().substring(COMPONENTS.length()));
    if (found == null) {
      throw new AssertionError("there is no " + schema.get$ref());
    }
    return found;
  }

  private void check(String path, JsonNode json, Schema<?> reference, List<String> faults) {
    Schema<?> schema = resolve(reference);
    if (schema.getOneOf() != null) {
      if (schema.getOneOf().stream().noneMatch(one -> faults(json, one).isEmpty())) {
        faults.add(path + " is none of those it may be: " + json);
      }
      return;
    }
    if (!isOfType(json, schema.getType())) {
      faults.add(path + " should be " + schema.getType() + ": " + json);
    }
    if (schema.getEnum() != null && !schema.getEnum().contains(json.asText())) {
      faults.add(path + " should be one of " + schema.getEnum() + ": " + json);
    }
    if (json.isArray() && schema.getItems() != null) {
      for (int i = 0; i < json.size(); i++) {
        check(path + "[" + i + "]", json.get(i), schema.getItems(), faults);
      }
    }
    if (json.isObject() && schema.getProperties() != null) {
      for (var field : json.properties()) {
        Schema<?> property = schema.getProperties().get(field.getKey());
        if (property == null) {
          faults.add(path + "." + field.getKey() + " is not described");
        } else {
          check(path + "." + field.getKey(), field.getValue(), property, faults);
        }
      }
    }
  }

  private static boolean isOfType(JsonNode json, String type) {
    return switch (type == null ? "" : type) {
      case "object" -> json.isObject();
      case "array" -> json.isArray();
      case "string" -> json.isTextual();
      case "integer" -> json.isIntegralNumber();
      case "boolean" -> json.isBoolean();
      default -> true;
    };
  }
}
