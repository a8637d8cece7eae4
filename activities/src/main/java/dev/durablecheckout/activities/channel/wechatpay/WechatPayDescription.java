package dev.durablecheckout.activities.channel.wechatpay;

import dev.durablecheckout.workflows.payment.PayOrder;
import java.util.regex.Pattern;

/** What a payment is for, as WeChat Pay takes it. */
final class WechatPayDescription {
  private static final int MAX_LENGTH = 127;

  /** Not text. */
  private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\s]+");

  private WechatPayDescription() {}

  /** The subject, cut to what WeChat takes; our number if nothing is left of it. */
  static String of(PayOrder payOrder) {
    String clean = FORBIDDEN.matcher(payOrder.subject()).replaceAll(" ").strip();
    if (clean.length() > MAX_LENGTH) {
      boolean splitsCharacter = Character.isHighSurrogate(clean.charAt(MAX_LENGTH - 1));
      clean = clean.substring(0, splitsCharacter ? MAX_LENGTH - 1 : MAX_LENGTH).strip();
    }
    return clean.isEmpty() ? payOrder.outTradeNo().value() : clean;
  }
}
