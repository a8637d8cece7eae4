package dev.durablecheckout.activities.channel.wechatpay;

import dev.durablecheckout.activities.channel.PaymentText;
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
    return PaymentText.of(payOrder, FORBIDDEN, MAX_LENGTH);
  }
}
