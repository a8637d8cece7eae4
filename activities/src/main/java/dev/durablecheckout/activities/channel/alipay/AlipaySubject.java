package dev.durablecheckout.activities.channel.alipay;

import dev.durablecheckout.workflows.payment.PayOrder;
import java.util.regex.Pattern;

/** The subject of a trade as Alipay takes it. */
final class AlipaySubject {
  private static final int MAX_LENGTH = 256;

  /**
   * Refused by Alipay ({@code / = &}), or passed on unescaped by its SDK and pages, or not text.
   */
  private static final Pattern FORBIDDEN =
      Pattern.compile("[/=&<>'\"\\\\\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\s]+");

  private AlipaySubject() {}

  /** The subject without what Alipay forbids; our number if nothing is left of it. */
  static String of(PayOrder payOrder) {
    String clean = FORBIDDEN.matcher(payOrder.subject()).replaceAll(" ").strip();
    if (clean.length() > MAX_LENGTH) {
      boolean splitsCharacter = Character.isHighSurrogate(clean.charAt(MAX_LENGTH - 1));
      clean = clean.substring(0, splitsCharacter ? MAX_LENGTH - 1 : MAX_LENGTH).strip();
    }
    return clean.isEmpty() ? payOrder.outTradeNo().value() : clean;
  }
}
