package dev.durablecheckout.sandbox.gateway.alipay;

import java.time.Instant;

/**
 * A payout as it is at one moment.
 *
 * @param orderId Alipay's number
 * @param at when it came to be so
 * @param errorCode why it was not made, or came back; empty if nothing is wrong
 */
record Transfer(TransferOrder order, String orderId, Status status, Instant at, String errorCode) {
  /** As Alipay says. */
  enum Status {
    DEALING,
    SUCCESS,
    FAIL,
    /** Was a SUCCESS; the bank has sent the money back. */
    REFUND
  }

  String key() {
    return order.key();
  }

  Transfer now(Status newStatus, Instant newAt, String newErrorCode) {
    return new Transfer(order, orderId, newStatus, newAt, newErrorCode);
  }

  /** What the seller's account is without, because of it. */
  long goneFen() {
    return status == Status.DEALING || status == Status.SUCCESS ? order.amountFen() : 0;
  }
}
