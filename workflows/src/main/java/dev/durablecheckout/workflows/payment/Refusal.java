package dev.durablecheckout.workflows.payment;

/**
 * A definite no of a channel, in stable words.
 *
 * @param channelCode the channel's own code, for support
 * @param message the channel's own text; never shown as ours
 */
public record Refusal(Code code, String channelCode, String message) {
  /** Why, as far as the caller can act on it. */
  public enum Code {
    /** An amount or count limit, of ours or of the channel. */
    LIMIT,
    /** What may be paid in a day, by our limit or the channel's. */
    DAILY_LIMIT,
    /** The channel finds the payment too risky. */
    RISK,
    /** Who pays has not enough money there: the buyer, or the merchant of a payout. */
    INSUFFICIENT_BALANCE,
    /**
     * Who pays is not known to the channel: an openid or a code that is not good, or not any more.
     */
    PAYER,
    /** The subject or another text is not allowed. */
    CONTENT,
    /** The merchant's account cannot take this payment, or cannot give money back. */
    MERCHANT_ACCOUNT,
    /** The merchant's account holds too little to give money back: the next payment may do. */
    MERCHANT_BALANCE,
    /** The buyer's account cannot pay, cannot be refunded or cannot be paid out to. */
    BUYER_ACCOUNT,
    /** The number is in use with other facts, or its trade has ended. */
    CONFLICT,
    /** The request came after its own expiry. */
    EXPIRED,
    OTHER
  }
}
