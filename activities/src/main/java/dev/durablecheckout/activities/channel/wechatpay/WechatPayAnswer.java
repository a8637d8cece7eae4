package dev.durablecheckout.activities.channel.wechatpay;

import com.google.common.collect.ImmutableSet;
import java.util.regex.Pattern;

/**
 * What WeChat Pay definitely said to one call: a success that it signed, or an error with its code,
 * which it does not sign. What an error means depends on the call.
 *
 * @param status of HTTP: 200, 204, or 300 and above
 * @param content without members where there was no body
 */
record WechatPayAnswer(int status, WechatPayMessage content) {
  private static final int MAX_MESSAGE = 200;
  private static final Pattern CODE = Pattern.compile("[0-9A-Za-z._-]{0,64}");
  private static final int FIRST_NOT_SUCCESS = 300;

  /** Not signed in, too slow, too many: about this one request and not about what it asks for. */
  private static final ImmutableSet<Integer> NO_ANSWERS = ImmutableSet.of(401, 408, 429);

  boolean isSuccess() {
    return status < FIRST_NOT_SUCCESS;
  }

  /**
   * Whether WeChat looked at what was asked and said no. 500 says so only with OPENID_MISMATCH,
   * which by the documentation comes with it.
   */
  boolean isRefusal() {
    return (status >= 400 && status < 500 && !NO_ANSWERS.contains(status))
        || (status == 500 && code().equals("OPENIDMISMATCH"));
  }

  /**
   * WeChat's reason, without underscores: it spells many both ways (ORDERPAID, ORDER_PAID). Empty
   * if it gave none.
   */
  String code() {
    return channelCode().replace("_", "");
  }

  /** WeChat's reason as it spells it, for support. */
  String channelCode() {
    String code = content.text("code").orElse("");
    return CODE.matcher(code).matches() ? code : "(unreadable)";
  }

  /** WeChat's own words for its reason, for support. */
  String message() {
    String message = content.text("message").orElse("").replaceAll("[\\p{Cc}\\p{Cs}]", " ");
    return message.codePointCount(0, message.length()) <= MAX_MESSAGE
        ? message
        : message.substring(0, message.offsetByCodePoints(0, MAX_MESSAGE));
  }
}
