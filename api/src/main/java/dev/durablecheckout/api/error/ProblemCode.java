package dev.durablecheckout.api.error;

import java.util.Locale;

/**
 * Every code that an error of this API can carry. Names are stable; the wire form is lower case.
 */
public enum ProblemCode {
  MALFORMED_JSON(400, "The body is not JSON"),
  INVALID_REQUEST(400, "The request is not valid"),
  INVALID_IDEMPOTENCY_KEY(400, "The Idempotency-Key is not valid"),
  UNAUTHENTICATED(401, "No valid API key"),
  NOT_FOUND(404, "There is no such thing"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  NOT_ACCEPTABLE(406, "The answer cannot have that form"),
  MERCHANT_ORDER_NO_REUSED(409, "The order number exists with another request"),
  IDEMPOTENCY_KEY_REUSED(409, "The Idempotency-Key exists with another request"),
  OUT_OF_STOCK(409, "There is not enough stock"),
  VOUCHER_NOT_USABLE(409, "The voucher cannot be used for the order"),
  ALREADY_PAID(409, "The checkout is paid"),
  ALREADY_CLOSED(409, "The checkout is closed"),
  METHOD_NOT_OFFERED(409, "The merchant cannot be paid in this way"),
  PAYER_NOT_IDENTIFIED(409, "Who pays is not known"),
  CLOSING(409, "The checkout is being closed"),
  TOO_LATE_TO_PAY(409, "Too little time is left to begin another payment"),
  TOO_MANY_ATTEMPTS(409, "The checkout was tried too often"),
  CHECKOUT_NOT_PAID(409, "The checkout is not paid"),
  REFUND_NO_REUSED(409, "The refund number exists with another request"),
  REFUND_EXCEEDS_LEFT(409, "Less than that is left to give back"),
  REFUND_ITEMS_MISMATCH(409, "The order does not have these items"),
  TOO_MANY_REFUNDS(409, "The channel makes no more refunds of the payment"),
  REFUND_STATE(409, "The refund's state does not allow it"),
  SERVICE_ORDER_STATE(409, "The service order's state does not allow it"),
  SERVICE_END_INVALID(409, "The service cannot end then"),
  RISK_FUND_EXCEEDED(409, "More than WeChat vouches for"),
  BILL_NOT_LOWER(409, "A bill can only be lowered"),
  TOP_UP_NOT_REFUNDABLE(409, "What filled a wallet is paid out by a withdrawal"),
  WITHDRAWAL_NO_REUSED(409, "The withdrawal's number exists with another request"),
  INSUFFICIENT_BALANCE(409, "The wallet holds too little"),
  WITHDRAWAL_LIMIT(409, "The merchant does not pay that much, or that little, out"),
  WITHDRAWAL_STATE(409, "The withdrawal's state does not allow it"),
  CHANNEL_REFUSED(409, "The channel refused it"),
  LINK_EXPIRED(410, "The link has expired"),
  BODY_TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body has the wrong type"),
  TOO_MANY_REQUESTS(429, "Too many requests"),
  REQUEST_REFUSED(400, "The request cannot be served"),
  INTERNAL_ERROR(500, "Something went wrong on our side"),
  BOOKS_UNAVAILABLE(503, "The books cannot be read right now"),
  OUTCOME_UNKNOWN(503, "There is no answer yet");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** As it stands in {@code code}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
