package dev.durablecheckout.sandbox.gateway.wechatpay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refund.
 *
 * @param notifyUrl where the merchant wants to hear of it; absent for the payment's own
 * @param endsAt when it leaves PROCESSING
 * @param end what it then is
 */
public record WechatRefund(
    String refundId,
    String outRefundNo,
    long amountFen,
    String reason,
    @Nullable String notifyUrl,
    Instant createdAt,
    Instant endsAt,
    End end) {
  /** What becomes of a refund. */
  public enum End {
    SUCCESS,
    ABNORMAL,
    CLOSED
  }

  String status(Instant now) {
    return now.isBefore(endsAt) ? "PROCESSING" : end.name();
  }
}
