package dev.durablecheckout.sandbox.gateway.wechatpay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A transfer as it is at one moment.
 *
 * @param billNo WeChat's number
 * @param packageInfo opens the page on which the user confirms it
 * @param at when it came to be in this state
 * @param failReason of FAIL
 */
record TransferBill(
    TransferRequest request,
    String billNo,
    String packageInfo,
    Instant createdAt,
    State state,
    Instant at,
    @Nullable String failReason) {
  /** As WeChat spells them. */
  enum State {
    WAIT_USER_CONFIRM,
    TRANSFERING,
    CANCELING,
    SUCCESS,
    FAIL,
    CANCELLED
  }

  String key() {
    return request.key();
  }

  TransferBill now(State newState, Instant newAt, @Nullable String newFailReason) {
    return new TransferBill(
        request, billNo, packageInfo, createdAt, newState, newAt, newFailReason);
  }

  boolean isOver() {
    return state == State.SUCCESS || state == State.FAIL || state == State.CANCELLED;
  }

  /** What the merchant's account is without, because of it: from the asking on. */
  long goneFen() {
    return state == State.FAIL || state == State.CANCELLED ? 0 : request.amountFen();
  }
}
