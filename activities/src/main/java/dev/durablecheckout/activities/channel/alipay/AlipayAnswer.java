package dev.durablecheckout.activities.channel.alipay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.json.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One answer of the gateway, whose signature the SDK has checked already, read again and strictly:
 * the SDK takes its values from the first object it finds in the body, which need not be the one
 * that was signed, and its dates in the machine's time zone.
 */
final class AlipayAnswer {
  private static final String SUCCESS = "10000";
  private static final String IN_PROGRESS = "10003";
  private static final String BUSINESS_FAILURE = "40004";
  private static final int MAX_MESSAGE = 200;
  private static final Pattern CODE = Pattern.compile("[0-9A-Za-z._-]{0,64}");

  /** Under this name Alipay refuses what it could not make out: no answer to what was asked. */
  private static final String ERROR_RESPONSE = "error_response";

  private final JsonNode content;
  private final boolean ofMethod;

  private AlipayAnswer(JsonNode content, boolean ofMethod) {
    this.content = content;
    this.ofMethod = ofMethod;
  }

  /**
   * Reads the body of an answer to this method.
   *
   * @throws IllegalArgumentException if it is not one object beside the signature, under the
   *     method's own name
   */
  static AlipayAnswer read(String method, String body) {
    JsonNode root = StrictJson.read(body);
    List<Map.Entry<String, JsonNode>> contents =
        root.properties().stream().filter(member -> !member.getValue().isTextual()).toList();
    if (contents.size() != 1 || !contents.get(0).getValue().isObject()) {
      throw new IllegalArgumentException("not one object beside the signature");
    }
    String name = contents.get(0).getKey();
    boolean ofMethod = name.equals(method.replace('.', '_') + "_response");
    if (!ofMethod && !name.equals(ERROR_RESPONSE)) {
      throw new IllegalArgumentException("an answer to something else");
    }
    return new AlipayAnswer(contents.get(0).getValue(), ofMethod);
  }

  /**
   * Reads an object in a message, whose signature is the message's.
   *
   * @throws IllegalArgumentException if it is none
   */
  static AlipayAnswer object(String json) {
    return new AlipayAnswer(StrictJson.object(json), false);
  }

  /** A text member, which must be there. */
  String required(String member) {
    return text(member).orElseThrow(() -> new IllegalArgumentException(member + " is missing"));
  }

  /** A text member; empty if it is absent, not text, or without any. */
  Optional<String> text(String member) {
    JsonNode value = content.path(member);
    return value.isTextual() && !value.textValue().isEmpty()
        ? Optional.of(value.textValue())
        : Optional.empty();
  }

  /**
   * Whether Alipay did what was asked. An answer with a {@code sub_code} is none, whatever its
   * code: the SDK does not check the signature of such a one.
   */
  boolean isSuccess() {
    return ofMethod && SUCCESS.equals(code()) && subCode().isEmpty();
  }

  /**
   * Whether the trade exists and the buyer is to confirm it. As with a success, an answer with a
   * {@code sub_code} is none: nobody has checked its signature.
   */
  boolean isInProgress() {
    return ofMethod && IN_PROGRESS.equals(code()) && subCode().isEmpty();
  }

  /** Whether Alipay says no for a reason of business, named by {@link #subCode}. */
  boolean isBusinessFailure() {
    return ofMethod && BUSINESS_FAILURE.equals(code());
  }

  String code() {
    return codeMember("code");
  }

  /** Alipay's reason; empty if it gave none. */
  String subCode() {
    return codeMember("sub_code");
  }

  private String codeMember(String member) {
    String value = text(member).orElse("");
    return CODE.matcher(value).matches() ? value : "(unreadable)";
  }

  /** Alipay's own words for its reason, for support. */
  String message() {
    return shown(text("sub_msg").orElse(""));
  }

  /** A text of Alipay's without what does not print, and not too long. */
  static String shown(String text) {
    String message = text.replaceAll("[\\p{Cc}\\p{Cs}]", " ");
    return message.codePointCount(0, message.length()) <= MAX_MESSAGE
        ? message
        : message.substring(0, message.offsetByCodePoints(0, MAX_MESSAGE));
  }

  /**
   * Makes sure that the answer is not about another trade, in case a signed answer is replayed.
   *
   * @param required whether it must name the trade at all
   */
  void checkIsAbout(AlipayCall call, boolean required) throws ChannelOutcomeUnknownException {
    Optional<String> named = text("out_trade_no");
    if (named.isEmpty() ? required : !named.get().equals(call.number())) {
      throw call.unknown("the answer is about another trade");
    }
  }
}
