package dev.durablecheckout.sandbox.gateway.wechatpay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A service order as it is at one moment.
 *
 * @param orderId WeChat's number
 * @param pack opens the page on which the buyer confirms it
 * @param confirmation by the buyer, who then is known
 * @param bill once the service has ended
 * @param settlement once that is paid, or there is nothing to pay
 */
record ServiceOrder(
    ServiceRequest request,
    String orderId,
    String pack,
    Instant createdAt,
    @Nullable Confirmation confirmation,
    @Nullable Bill bill,
    @Nullable Settlement settlement,
    @Nullable Instant revokedAt) {

  /** Who confirmed, and when. */
  record Confirmation(String openid, Instant at) {}

  /**
   * What the service costs.
   *
   * @param payments JSON, as the merchant sent it
   * @param discounts JSON, as the merchant sent it
   * @param endTime as the merchant says
   * @param nextTry when WeChat tries to collect it
   */
  record Bill(String payments, String discounts, long totalFen, String endTime, Instant nextTry) {
    boolean agreesWith(Bill other) {
      return payments.equals(other.payments)
          && discounts.equals(other.discounts)
          && totalFen == other.totalFen
          && endTime.equals(other.endTime);
    }
  }

  /**
   * How it was settled.
   *
   * @param transactionId of what WeChat collected; absent if the buyer paid elsewhere or nothing
   */
  record Settlement(@Nullable String transactionId, Instant paidAt) {}

  /** As WeChat's {@code state} and {@code state_description} say. */
  enum State {
    CREATED,
    USER_CONFIRM,
    MCH_COMPLETE,
    DONE,
    REVOKED,
    EXPIRED
  }

  static String key(String mchId, String outOrderNo) {
    return mchId + "/" + outOrderNo;
  }

  String key() {
    return key(request.mchId(), request.outOrderNo());
  }

  State state(Instant now) {
    if (revokedAt != null) {
      return State.REVOKED;
    } else if (settlement != null) {
      return State.DONE;
    } else if (bill != null) {
      return State.MCH_COMPLETE;
    } else if (confirmation != null) {
      return State.USER_CONFIRM;
    }
    return now.isBefore(createdAt.plus(ServiceOrderRegister.TIME_TO_CONFIRM))
        ? State.CREATED
        : State.EXPIRED;
  }

  ServiceOrder confirmed(Confirmation by) {
    return new ServiceOrder(request, orderId, pack, createdAt, by, bill, settlement, revokedAt);
  }

  ServiceOrder billed(Bill newBill) {
    return new ServiceOrder(
        request, orderId, pack, createdAt, confirmation, newBill, settlement, revokedAt);
  }

  ServiceOrder settled(Settlement by) {
    return new ServiceOrder(request, orderId, pack, createdAt, confirmation, bill, by, revokedAt);
  }

  ServiceOrder revoked(Instant at) {
    return new ServiceOrder(request, orderId, pack, createdAt, confirmation, bill, settlement, at);
  }
}
