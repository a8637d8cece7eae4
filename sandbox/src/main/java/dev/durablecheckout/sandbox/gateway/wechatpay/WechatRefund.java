package dev.durablecheckout.sandbox.gateway.wechatpay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refund.
 *
 * @param notifyUrl where the merchant wants to hear of it; absent for the payment's own
 * @param endsAt when it leaves PROCESSING
 * @param end what it then is
 * @param told whether the merchant's notify has been sent on its way
 */
record WechatRefund(
    String refundId,
    String outRefundNo,
    long amountFen,
    String reason,
    @Nullable String notifyUrl,
    Instant createdAt,
    Instant endsAt,
    End end,
    boolean told) {
  /** What becomes of a refund. */
  enum End {
    SUCCESS,
    ABNORMAL,
    CLOSED
  }

  boolean hasEnded(Instant now) {
    return !now.isBefore(endsAt);
  }

  String status(Instant now) {
    return hasEnded(now) ? end.name() : "PROCESSING";
  }

  WechatRefund toldOf() {
    return new WechatRefund(
        refundId, outRefundNo, amountFen, reason, notifyUrl, createdAt, endsAt, end, true);
  }
}
