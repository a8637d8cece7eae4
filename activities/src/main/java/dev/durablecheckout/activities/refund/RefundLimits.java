package dev.durablecheckout.activities.refund;

import dev.durablecheckout.workflows.payment.Channel;
import java.time.Duration;

/**
 * What a channel allows of the refunds of one payment. Whoever asks too soon is told to wait, not
 * refused; whoever asks too often is refused, after the merchant was told that the money goes back.
 *
 * @param spacing from one refund to the next, a little more than the channel demands
 * @param maxCount how many refunds one payment can have
 */
record RefundLimits(Duration spacing, int maxCount) {
  /** Alipay: 3 s. WeChat Pay: a minute, and 50 refunds. */
  static RefundLimits of(Channel channel) {
    return switch (channel) {
      case ALIPAY -> new RefundLimits(Duration.ofSeconds(4), Integer.MAX_VALUE);
      case WECHAT_PAY -> new RefundLimits(Duration.ofSeconds(65), 50);
      case WALLET -> new RefundLimits(Duration.ZERO, Integer.MAX_VALUE);
    };
  }
}
