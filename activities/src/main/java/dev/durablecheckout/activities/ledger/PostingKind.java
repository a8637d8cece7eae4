package dev.durablecheckout.activities.ledger;

/** Why money moved. */
public enum PostingKind {
  /** A buyer paid a checkout from the wallet. */
  WALLET_PAYMENT,
  /** A payment from the wallet went back there. */
  WALLET_REFUND,
  /** A buyer's wallet was filled. */
  TOP_UP,
  /** A channel collected money for a merchant. */
  PAYMENT,
  /** A channel sent money back that it had collected. */
  REFUND,
  /** What a channel kept for its service on one day of its bill. */
  FEE,
  /** What vouchers of the merchant paid on one day of a channel's bill. */
  VOUCHER,
  /** A voucher that the merchant keeps here paid a part of an order. */
  VOUCHER_REDEEMED,
  /** Such a voucher is the buyer's again. */
  VOUCHER_RETURNED,
  /** A buyer wants money out of the wallet: it is held. */
  WITHDRAWAL_HOLD,
  /** What was held has been paid out through a channel. */
  WITHDRAWAL,
  /** The payout failed: what was held is in the wallet again. */
  WITHDRAWAL_RELEASE,
  /** The payout came back after it had succeeded. */
  WITHDRAWAL_RETURNED
}
