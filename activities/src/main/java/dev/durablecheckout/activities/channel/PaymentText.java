package dev.durablecheckout.activities.channel;

import dev.durablecheckout.workflows.payment.PayOrder;
import java.util.regex.Pattern;

/** What a payment is for, in the words of the merchant, as far as a channel takes them. */
public final class PaymentText {
  private PaymentText() {}

  /**
   * The subject, each run of what is forbidden a blank, cut between two characters; our number if
   * nothing is left of it.
   */
  public static String of(PayOrder payOrder, Pattern forbidden, int maxLength) {
    String clean = forbidden.matcher(payOrder.subject()).replaceAll(" ").strip();
    if (clean.length() > maxLength) {
      boolean splitsCharacter = Character.isHighSurrogate(clean.charAt(maxLength - 1));
      clean = clean.substring(0, splitsCharacter ? maxLength - 1 : maxLength).strip();
    }
    return clean.isEmpty() ? payOrder.outTradeNo().value() : clean;
  }
}
