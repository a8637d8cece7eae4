package dev.durablecheckout.sandbox.contract;

/** What a channel has that not every channel has. One that lacks it says why. */
enum Trait {
  /** A trade is created first and paid by the buyer afterwards. */
  BUYER_PAYS,
  /** A created trade can be asked about and closed before the buyer has seen it. */
  TRADE_AT_ONCE,
  /** A creation is one call, and what became of a lost one is asked by whoever repeats it. */
  CREATION_IS_ONE_CALL,
  /** Its calls go over a network, which loses some. */
  NETWORK,
  /** A close that is refused does not say why: a query has to. */
  CLOSE_ASKS_WHY,
  /** It tells of payments by itself. */
  NOTIFIES,
  /** It tells of refunds by itself. */
  NOTIFIES_REFUNDS,
  /** A refund is accepted first and done later. */
  SLOW_REFUNDS,
  /** It wants some time between two refunds of one payment. */
  SPACED_REFUNDS,
  /** A query tells a payment of which a part went back from one that went back whole. */
  TELLS_PARTS
}
