package dev.durablecheckout.activities.channel.alipay;

import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.activities.channel.InvalidNotifyException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The form of a notify, read strictly from its raw bytes. Each parameter occurs once: where one
 * occurs twice, what was signed and what is acted on could differ.
 *
 * @param parameters decoded, by name; empty ones too
 * @param charset of the text, as the message names it
 */
record NotifyForm(SortedMap<String, String> parameters, Charset charset) {
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_PARAMETERS = 100;
  private static final Charset GBK = Charset.forName("GBK");

  static NotifyForm parse(byte[] rawBody) throws InvalidNotifyException {
    if (rawBody.length == 0 || rawBody.length > MAX_BYTES) {
      throw malformed("empty, or over " + MAX_BYTES + " bytes");
    }
    // Everything beyond ASCII is percent-encoded in a form.
    String[] pairs = decode(rawBody, StandardCharsets.US_ASCII).split("&", -1);
    if (pairs.length > MAX_PARAMETERS) {
      throw malformed("more than " + MAX_PARAMETERS + " parameters");
    }
    Map<String, byte[]> values = new LinkedHashMap<>();
    for (String pair : pairs) {
      int separator = pair.indexOf('=');
      if (separator < 1) {
        throw malformed("a parameter without a name or without a value");
      }
      String name = decode(unescape(pair.substring(0, separator)), StandardCharsets.US_ASCII);
      if (values.put(name, unescape(pair.substring(separator + 1))) != null) {
        throw malformed("a parameter occurs twice");
      }
    }
    Charset charset = charset(values.get("charset"));
    SortedMap<String, String> parameters = new TreeMap<>();
    for (Map.Entry<String, byte[]> value : values.entrySet()) {
      parameters.put(value.getKey(), decode(value.getValue(), charset));
    }
    return new NotifyForm(Collections.unmodifiableSortedMap(parameters), charset);
  }

  private static Charset charset(byte @Nullable [] named) throws InvalidNotifyException {
    if (named == null || named.length == 0) {
      return StandardCharsets.UTF_8;
    }
    return switch (decode(named, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT)) {
      case "utf-8" -> StandardCharsets.UTF_8;
      case "gbk" -> GBK;
      default -> throw malformed("a charset other than utf-8 and gbk");
    };
  }

  private static byte[] unescape(String escaped) throws InvalidNotifyException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '%') {
        boolean hasTwoMore = i + 2 < escaped.length();
        int high = hasTwoMore ? Character.digit(escaped.charAt(i + 1), 16) : -1;
        int low = hasTwoMore ? Character.digit(escaped.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw malformed("a broken percent sequence");
        }
        bytes.write(high * 16 + low);
        i += 2;
      } else {
        bytes.write(c == '+' ? ' ' : c);
      }
    }
    return bytes.toByteArray();
  }

  private static String decode(byte[] bytes, Charset charset) throws InvalidNotifyException {
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed("not text in its charset");
    }
  }

  /** A parameter's value; empty if it is absent or has none. */
  Optional<String> text(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  /** A parameter's value, which must be there. */
  String required(String name) throws InvalidNotifyException {
    return text(name).orElseThrow(() -> malformed(name + " is missing"));
  }

  static InvalidNotifyException malformed(String message) {
    return new InvalidNotifyException(Reason.MALFORMED, message);
  }
}
