package dev.durablecheckout.workflows.temporal;

import io.temporal.failure.ApplicationFailure;

/**
 * Types of ApplicationFailure that cross a boundary. Names are stable: they are in histories and
 * behind API error codes.
 */
public enum FailureType {
  /** The merchant's order number exists with another request. Final. */
  MERCHANT_ORDER_NO_REUSED,
  /** The idempotency key exists with another request. Final. */
  IDEMPOTENCY_KEY_REUSED,
  /** A sku has less stock than asked for. Final. */
  OUT_OF_STOCK,
  /** There is no such voucher, or not for this order, or it is another order's by now. Final. */
  VOUCHER_NOT_USABLE,
  /** The checkout is paid. Final. */
  ALREADY_PAID,
  /** The checkout is closed. Final. */
  ALREADY_CLOSED,
  /** Too little time is left to begin another payment. Final. */
  TOO_LATE_TO_PAY,
  /** The checkout has used all its pay order numbers. Final. */
  TOO_MANY_ATTEMPTS,
  /** A login code is not good, or not any more. Final. */
  PAYER_NOT_IDENTIFIED,
  /** The merchant's refund number exists with another request. Final. */
  REFUND_NO_REUSED,
  /** The checkout is not paid: nothing can go back. Final. */
  CHECKOUT_NOT_PAID,
  /** More than what is left of the payment, or of the order. Final. */
  REFUND_EXCEEDS_LEFT,
  /** Items that the order does not have, or not so many any more, or not at that price. Final. */
  REFUND_ITEMS_MISMATCH,
  /** The payment has had as many refunds as its channel makes. Final. */
  TOO_MANY_REFUNDS,
  /** The refund is in a state that does not allow the command. Final. */
  REFUND_STATE,
  /** The service order is in a state that does not allow the command. Final. */
  SERVICE_ORDER_STATE,
  /** A service cannot end before it began, or in the future. Final. */
  SERVICE_END_INVALID,
  /** More than what WeChat vouches for. Final. */
  RISK_FUND_EXCEEDED,
  /** A bill can only be lowered. Final. */
  BILL_NOT_LOWER,
  /** What filled a wallet is not refunded: it is paid out by a withdrawal. Final. */
  TOP_UP_NOT_REFUNDABLE,
  /** The merchant's number of a withdrawal exists with another request. Final. */
  WITHDRAWAL_NO_REUSED,
  /** The wallet holds less than is to be paid out. Final. */
  INSUFFICIENT_BALANCE,
  /** Less or more than the merchant pays out, at once or in a day. Final. */
  WITHDRAWAL_LIMIT,
  /** The withdrawal is in a state that does not allow the command. Final. */
  WITHDRAWAL_STATE,
  /** The channel refused a command. Final. */
  CHANNEL_REFUSED,
  /** The checkout is being closed. Ask again. */
  CLOSING,
  /** There is no such difference in the day's reconciliation. Final. */
  NO_SUCH_ITEM,
  /** A person's word needs a reason, and all that it is about. Final. */
  REASON_MISSING,
  /** A bill came and is not sound: a new download may be. Retried. */
  BILL_DAMAGED,
  /** A poll found the trade unpaid. Retried; benign. */
  NOT_PAID_YET,
  /** A poll found the service order, or the payout, where it was. Retried; benign. */
  NOT_CHANGED_YET,
  /** The channel's answer is missing or unusable: the outcome is not known. Retried. */
  CHANNEL_OUTCOME_UNKNOWN,
  /** The channel has not answered for a while and is not asked for a moment. Retried. */
  CHANNEL_REST,
  /** The order system did not acknowledge an event. Retried. */
  EVENT_NOT_ACKNOWLEDGED;

  /** A final no of this type: what is thrown is not tried again. */
  public ApplicationFailure verdict(String message) {
    return ApplicationFailure.newNonRetryableFailure(message, name());
  }
}
