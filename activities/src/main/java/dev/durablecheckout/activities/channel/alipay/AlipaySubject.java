package dev.durablecheckout.activities.channel.alipay;

import dev.durablecheckout.activities.channel.PaymentText;
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
    return PaymentText.of(payOrder, FORBIDDEN, MAX_LENGTH);
  }
}
