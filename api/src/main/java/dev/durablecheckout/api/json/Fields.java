package dev.durablecheckout.api.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.api.error.FieldFault;
import dev.durablecheckout.api.error.ProblemException;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the fields of one JSON object and collects what is wrong with them, so that a caller hears
 * of everything at once. A value that was read counts only after {@link #finish} of the outermost
 * object has returned: until then a wrong one stands as empty or zero.
 */
public final class Fields {
  private static final int MAX_FAULTS = 20;

  private final ObjectNode object;
  private final String path;
  private final List<FieldFault> faults;
  private final Set<String> known = new LinkedHashSet<>();

  private Fields(ObjectNode object, String path, List<FieldFault> faults) {
    this.object = object;
    this.path = path;
    this.faults = faults;
  }

  public static Fields of(JsonBody body) {
    return new Fields(body.root(), "", new ArrayList<>());
  }

  /** A text of 1 to {@code maxChars} characters, none of them a control character. */
  public String text(String name, int maxChars) {
    return required(name).map(node -> text(name, node, maxChars)).orElse("");
  }

  /** As {@link #text(String, int)}, where it is given. */
  public Optional<String> optionalText(String name, int maxChars) {
    return present(name).map(node -> text(name, node, maxChars));
  }

  /** A text of this form. */
  public String text(String name, Pattern form) {
    return required(name)
        .map(node -> string(name, node))
        .map(
            value -> {
              if (!form.matcher(value).matches()) {
                fault(name, "bad_form", "must be of the form " + form);
              }
              return value;
            })
        .orElse("");
  }

  /** One of these words; absent if it is another, which is a fault. */
  public <T> Optional<T> oneOf(String name, ImmutableMap<String, T> words) {
    return required(name)
        .map(node -> string(name, node))
        .flatMap(
            word -> {
              T value = words.get(word);
              if (value == null) {
                fault(name, "unsupported", "must be one of: " + String.join(", ", words.keySet()));
              }
              return Optional.ofNullable(value);
            });
  }

  /** A whole number from {@code min} to {@code max}, written as one. */
  public long integer(String name, long min, long max) {
    return required(name).map(node -> integer(name, node, min, max)).orElse(0L);
  }

  /** As {@link #integer}, where it is given. */
  public Optional<Long> optionalInteger(String name, long min, long max) {
    return present(name).map(node -> integer(name, node, min, max));
  }

  /** True or false, where it is given. */
  public Optional<Boolean> optionalFlag(String name) {
    return present(name)
        .map(
            node -> {
              if (!node.isBoolean()) {
                fault(name, "wrong_type", "must be true or false, not " + kind(node));
              }
              return node.asBoolean();
            });
  }

  /** An object read by {@code reader}; absent if it is none, which is a fault. */
  public <T> Optional<T> object(String name, Function<Fields, T> reader) {
    return required(name).flatMap(node -> object(name, node, reader));
  }

  /** As {@link #object}, where it is given. */
  public <T> Optional<T> optionalObject(String name, Function<Fields, T> reader) {
    return present(name).flatMap(node -> object(name, node, reader));
  }

  private <T> Optional<T> object(String name, JsonNode node, Function<Fields, T> reader) {
    if (!(node instanceof ObjectNode entry)) {
      fault(name, "wrong_type", "must be an object, not " + kind(node));
      return Optional.empty();
    }
    Fields fields = new Fields(entry, FieldPath.of(path, name), faults);
    T value = reader.apply(fields);
    fields.refuseUnknown();
    return Optional.of(value);
  }

  /** A time, RFC 3339, with its offset; the epoch if it is none, which is a fault. */
  public Instant time(String name) {
    return required(name).map(node -> time(name, node)).orElse(Instant.EPOCH);
  }

  /** As {@link #time}, where it is given. */
  public Optional<Instant> optionalTime(String name) {
    return present(name).map(node -> time(name, node));
  }

  private Instant time(String name, JsonNode node) {
    try {
      return OffsetDateTime.parse(string(name, node)).toInstant();
    } catch (DateTimeException e) {
      if (node.isTextual()) {
        fault(name, "bad_form", "must be a time such as 2026-11-24T12:30:00+08:00");
      }
      return Instant.EPOCH;
    }
  }

  /** As {@link #text(String, Pattern)}, where it is given. */
  public Optional<String> optionalText(String name, Pattern form) {
    return present(name).map(node -> text(name, form));
  }

  /** 1 to {@code maxSize} objects, each read by {@code reader}. */
  public <T> ImmutableList<T> list(String name, int maxSize, Function<Fields, T> reader) {
    Optional<JsonNode> found = required(name);
    if (found.isPresent() && found.get().isArray() && found.get().isEmpty()) {
      fault(name, "too_short", "must have at least one entry");
    }
    return list(name, found, maxSize, reader);
  }

  /** Up to {@code maxSize} objects, where they are given; empty where not. */
  public <T> ImmutableList<T> optionalList(String name, int maxSize, Function<Fields, T> reader) {
    return list(name, present(name), maxSize, reader);
  }

  private <T> ImmutableList<T> list(
      String name, Optional<JsonNode> found, int maxSize, Function<Fields, T> reader) {
    if (found.isEmpty()) {
      return ImmutableList.of();
    }
    if (!(found.get() instanceof ArrayNode array)) {
      fault(name, "wrong_type", "must be an array of objects, not " + kind(found.get()));
      return ImmutableList.of();
    }
    if (array.size() > maxSize) {
      fault(name, "too_long", "must have at most " + maxSize + " entries, not " + array.size());
      return ImmutableList.of();
    }
    ImmutableList.Builder<T> values = ImmutableList.builder();
    for (int i = 0; i < array.size(); i++) {
      String entryPath = FieldPath.of(FieldPath.of(path, name), i);
      if (array.get(i) instanceof ObjectNode entry) {
        Fields fields = new Fields(entry, entryPath, faults);
        values.add(reader.apply(fields));
        fields.refuseUnknown();
      } else {
        addFault(entryPath, "wrong_type", "must be an object, not " + kind(array.get(i)));
      }
    }
    return values.build();
  }

  /** An object of texts, where it is given; empty where not. */
  public ImmutableMap<String, String> texts(
      String name, int maxEntries, int maxKeyChars, int maxValueChars) {
    Optional<JsonNode> found = present(name);
    if (found.isEmpty()) {
      return ImmutableMap.of();
    }
    if (!(found.get() instanceof ObjectNode entries)) {
      fault(name, "wrong_type", "must be an object of texts, not " + kind(found.get()));
      return ImmutableMap.of();
    }
    if (entries.size() > maxEntries) {
      fault(
          name, "too_long", "must have at most " + maxEntries + " entries, not " + entries.size());
      return ImmutableMap.of();
    }
    Fields fields = new Fields(entries, FieldPath.of(path, name), faults);
    ImmutableMap.Builder<String, String> texts = ImmutableMap.builder();
    for (Map.Entry<String, JsonNode> entry : entries.properties()) {
      String key = entry.getKey();
      Texts.fault(key, maxKeyChars)
          .ifPresent(fault -> fields.fault(key, fault.code(), "as a key " + fault.detail()));
      texts.put(key, fields.text(key, entry.getValue(), maxValueChars));
    }
    return texts.buildOrThrow();
  }

  /** Whether one of these fields is given. */
  public boolean hasAny(String... names) {
    known.addAll(List.of(names));
    return Arrays.stream(names).anyMatch(object::has);
  }

  /** Notes something that is wrong with a field beyond its own form. */
  public void fault(String name, String code, String detail) {
    addFault(FieldPath.of(path, name), code, detail);
  }

  /** Whether nothing wrong was found so far. */
  public boolean isFaultless() {
    return faults.isEmpty();
  }

  /** Ends the reading of the outermost object; ProblemException if anything was wrong in it. */
  public void finish() {
    refuseUnknown();
    if (!faults.isEmpty()) {
      throw ProblemException.of(faults);
    }
  }

  private void refuseUnknown() {
    ImmutableSet.copyOf(object.fieldNames()).stream()
        .filter(name -> !known.contains(name))
        .forEach(
            name ->
                fault(
                    name,
                    "unknown_field",
                    "is not a field here; the fields are " + String.join(", ", known)));
  }

  private Optional<JsonNode> required(String name) {
    known.add(name);
    JsonNode node = object.get(name);
    if (node == null) {
      fault(name, "required", "is missing");
    } else if (node.isNull()) {
      fault(name, "required", "must not be null");
    }
    return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
  }

  private Optional<JsonNode> present(String name) {
    known.add(name);
    JsonNode node = object.get(name);
    if (node != null && node.isNull()) {
      fault(name, "wrong_type", "must not be null; leave it out");
    }
    return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
  }

  private String string(String name, JsonNode node) {
    if (!node.isTextual()) {
      fault(name, "wrong_type", "must be a string, not " + kind(node));
      return "";
    }
    return node.textValue();
  }

  private String text(String name, JsonNode node, int maxChars) {
    if (!node.isTextual()) {
      fault(name, "wrong_type", "must be a string, not " + kind(node));
      return "";
    }
    String value = node.textValue();
    Texts.fault(value, maxChars).ifPresent(fault -> fault(name, fault.code(), fault.detail()));
    return value;
  }

  private long integer(String name, JsonNode node, long min, long max) {
    if (!node.isNumber()) {
      fault(name, "wrong_type", "must be an integer, not " + kind(node));
      return 0;
    }
    if (!node.isIntegralNumber()) {
      fault(name, "not_an_integer", "must be an integer, written without fraction or exponent");
      return 0;
    }
    BigInteger value = node.bigIntegerValue();
    if (value.compareTo(BigInteger.valueOf(min)) < 0) {
      fault(name, "below_minimum", "must be at least " + min);
      return 0;
    }
    if (value.compareTo(BigInteger.valueOf(max)) > 0) {
      fault(name, "above_maximum", "must be at most " + max);
      return 0;
    }
    return value.longValueExact();
  }

  private void addFault(String fieldPath, String code, String detail) {
    if (faults.size() < MAX_FAULTS) {
      faults.add(new FieldFault(fieldPath, code, detail));
    }
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "an array";
      case BOOLEAN -> "a boolean";
      case NULL -> "null";
      case NUMBER -> "a number";
      case OBJECT -> "an object";
      case STRING -> "a string";
      case BINARY, MISSING, POJO -> "something else";
    };
  }
}
