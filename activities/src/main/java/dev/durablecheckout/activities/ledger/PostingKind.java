package dev.durablecheckout.activities.ledger;

/** Why money moved. */
public enum PostingKind {
  /** A buyer paid a checkout from the wallet. */
  WALLET_PAYMENT,
  /** A payment from the wallet went back there. */
  WALLET_REFUND,
  /** A buyer's wallet was filled. */
  TOP_UP
}
