package dev.durablecheckout.activities.channel.wechatpay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.common.collect.ImmutableList;
import dev.durablecheckout.activities.json.StrictJson;
import dev.durablecheckout.workflows.money.Money;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object of WeChat Pay's, read strictly: a member that occurs twice could be read one way by
 * who verifies and another by who acts. Members that are not asked for are ignored.
 *
 * <p>What cannot be read is an IllegalArgumentException that names the member and not its value.
 */
record WechatPayMessage(JsonNode content) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** What a body without anything says. */
  static final WechatPayMessage EMPTY = new WechatPayMessage(JsonNodeFactory.instance.objectNode());

  static WechatPayMessage parse(String json) {
    return new WechatPayMessage(StrictJson.object(json));
  }

  /** An object of ours, to be sent. */
  static String write(Map<String, Object> members) {
    try {
      return MAPPER.writeValueAsString(members);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON");
    }
  }

  /** A text member; empty if it is absent, not text, or without any. */
  Optional<String> text(String member) {
    JsonNode value = content.path(member);
    return value.isTextual() && !value.textValue().isEmpty()
        ? Optional.of(value.textValue())
        : Optional.empty();
  }

  String required(String member) {
    return text(member).orElseThrow(() -> new IllegalArgumentException(member + " is missing"));
  }

  /** A member that is an object itself; without members if it is absent. */
  WechatPayMessage object(String member) {
    JsonNode value = content.path(member);
    return value.isObject() ? new WechatPayMessage(value) : EMPTY;
  }

  /** The objects of a list; empty if it is absent. */
  ImmutableList<WechatPayMessage> objects(String member) {
    ImmutableList.Builder<WechatPayMessage> objects = ImmutableList.builder();
    content.path(member).forEach(each -> objects.add(new WechatPayMessage(each)));
    return objects.build();
  }

  /** An amount in fen; empty if it is absent. */
  Optional<Money> fen(String member) {
    JsonNode value = content.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw new IllegalArgumentException(member + " is no amount in fen");
    }
    return Optional.of(Money.ofFen(value.longValue()));
  }

  /** A time, RFC 3339; empty if it is absent. */
  Optional<Instant> time(String member) {
    try {
      return text(member).map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(member + " is no time");
    }
  }
}
