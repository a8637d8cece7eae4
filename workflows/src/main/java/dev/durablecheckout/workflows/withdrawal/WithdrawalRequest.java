package dev.durablecheckout.workflows.withdrawal;

import dev.durablecheckout.workflows.order.MerchantOrderNo;

/**
 * A merchant's wish to pay money of a buyer's wallet out to the buyer, as the workflow's input.
 * Idempotency key: the payout's number, which follows from the merchant and {@code merchantNo}.
 *
 * @param payout what the channel is asked for, the same for ever
 * @param merchantNo the merchant's number, unique among its withdrawals
 * @param buyerId whose wallet it is
 * @param requestId made anew for each HTTP request: a first answer that carries another one answers
 *     an earlier request
 * @param fingerprint digest of everything in the request that a repeat must not change
 */
public record WithdrawalRequest(
    Payout payout,
    MerchantOrderNo merchantNo,
    String buyerId,
    String requestId,
    String fingerprint) {
  /** Our number of it. */
  public WithdrawalNo no() {
    return payout.no();
  }

  /** Without the payee: for logs. */
  @Override
  public String toString() {
    return "WithdrawalRequest of " + payout.no();
  }

  /** What Temporal's list of workflows shows of it. */
  public String summary() {
    return "withdrawal " + payout.merchant() + " " + merchantNo;
  }
}
